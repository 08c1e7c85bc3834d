"""Why the vault refuses. No message ever carries content, a secret or a name."""


class Refused(Exception):
    """Anything the vault will not do."""


class Locked(Refused):
    """The person is signed in, but no key of theirs is open in this browser."""


class WrongSecret(Refused):
    """The password, phrase or recovery code does not open this person's key."""


class NotEnrolled(Refused):
    """The person or mailbox has no key pair yet, so nothing can be shared with them."""


class NotGranted(Refused):
    """This person holds no key to this thing: never given, taken back, or its month destroyed."""


class AlreadyMade(Refused):
    """The person, relationship or mailbox already has a key; nothing is made twice."""


class Tampered(Refused):
    """What is stored is not what was sealed: moved, altered, cut short, or made by somebody else."""


class ServerKeysMissing(Refused):
    """The keys outside the database are missing or unreadable; making new ones would lose what is sealed."""
