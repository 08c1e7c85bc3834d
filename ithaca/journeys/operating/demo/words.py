"""What the people of the demonstration are called and what they say. All of it is made up."""

from typing import NamedTuple


class SignIn(NamedTuple):
    """An account that whoever looks at the demonstration can use."""

    part: str
    email: str
    name: str
    password: str


PASSWORD = "a-long-way-home"  # noqa: S105 - told to everyone who starts the demonstration

MENTEE = SignIn("Someone with a mentor", "mentee@ithaca.example", "Mina Calder", PASSWORD)
MENTOR = SignIn("A mentor", "mentor@ithaca.example", "Oren Halloway", PASSWORD)
COORDINATOR = SignIn("A coordinator", "coordinator@ithaca.example", "Cora Lindqvist", PASSWORD)
EDITOR = SignIn("Someone who edits pages", "editor@ithaca.example", "Edith Marlowe", PASSWORD)
SIGN_INS = (MENTEE, MENTOR, COORDINATOR, EDITOR)

FIRST_NAMES = tuple(
    """Aisha Alun Amara Anita Bashir Bethan Brian Callum Carys Charlotte Daniela David Deepa Dilys Ebony Edwin Elin
    Faisal Farah Fiona Gareth Grace Gurpreet Hanna Harriet Hugo Ifeoma Imran Ines Jamal Janet Jasmin Joel Kamil Katya
    Kwame Laila Leo Lowri Magda Marcus Meera Nadia Naomi Neil Olive Osman Patrick Paula Priya Rachel Ravi Rhona Rosa
    Samir Sara Sean Shanthi Sofia Stefan Susan Tariq Tess Tom Uma Vera Victor Wanda Will Yasmin Yusuf Zoe""".split()
)
LAST_NAMES = tuple(
    """Abernathy Adeyemi Ahmed Ashdown Banerjee Barrow Bellweather Brightwater Chaudhry Copperfield Dosanjh Eastwell
    Fairweather Farrow Fernsby Gill Goodfellow Greenhalgh Harcastle Hussain Iqbal Jellicoe Kaur Kettlewell Larkspur
    Lightfoot Mbeki Merriweather Nightingale Nwosu Oakenfold Okafor Patel Pemberley Quill Rahman Redfern Sandhu Shah
    Silverlock Stanhope Thistlewood Tremain Underhill Vance Wainwright Whitlock Winterbourne Wyndham Yardley""".split()
)

OWN_WORDS = (
    "I've run two practices, one calm and one not. I listen first, and I don't mind silence.",
    "Fifteen years in general practice, most of them in the same town. I've made most mistakes once.",
    "I came to this work late, from a hotel. I like people, rotas and a good plan, in that order.",
    "I've been through a merger, a flood and an inspection in one year. I can be quite direct if you'd like that.",
    "Part-time since I had twins. I know about saying no, and about asking for help.",
    "I was a mentee myself, twice. It changed how I work, so I'd like to give something back.",
)
STORIES = (
    "I started in the spring. Everybody's kind, but nobody has time. I'd like to hear how other people got started.",
    "We're merging with the practice next door, and I've been asked to lead it. I'm not sleeping well.",
    "I've been here for nine years, and I wonder if there's something else I could do.",
    "Two people in my team aren't speaking to each other. I've tried everything I know.",
    "I'm coming back in September after a year away. I'd like to talk to someone who's done that.",
    "I'm good at the numbers, and not so good at the meetings.",
)
WORDING = "We meet every six weeks, in the early evening. We skip August."
MESSAGES = (
    (8, "mentee", "I said it on Thursday, like we talked about. Nobody left the room. Thank you."),
    (7, "mentor", "I'm so glad. What was it like for you, saying it?"),
    (5, "mentee", "Like jumping into the canal. Cold, and then I could swim. Can we talk about the rota next time?"),
    (2, "mentor", "Of course. Bring the rota as it is, not as it should be. I'll tell you what I did with mine."),
)
"""How many days ago, who wrote, and what."""
ROTA = (
    "The rota as it is",
    ("Week of 30 November",),
    (
        ("Mornings", "Monday: Ann, Bea\nTuesday: Ann, and a meeting\nWednesday: nobody, so I do it"),
        ("Afternoons", "Monday: Bea\nTuesday: a meeting, and another one\nWednesday: Ann"),
    ),
)
"""A paper that goes with the mentee's last message: its title, its lead, its headings and texts."""
WITH_ROTA = "Here it is, just as it is. I haven't tidied it up."
NOTES = (
    (9, "mentee", False, "For next time: the rota, and how to say no to the third meeting on a Tuesday."),
    (4, "mentee", True, "I was more afraid of the silence than of what they'd say."),
    (6, "mentor", False, "The book I mentioned is about running a small team. It's short!"),
)
"""How many days ago, who wrote, for themself alone or not, and what."""
QUESTION = "Is it the numbers that keep you awake, or the people?"
ANSWER = "The people, I think. Two of them don't talk to each other, and I'm stuck in the middle."
FEEDBACK = "The walk helped more than the list. Next time I'd like to hear what you did when nobody answered."
LAST_WORD = "Thank you. I think of our walk by the canal whenever it gets loud."
ENQUIRIES = (
    ("Jo", "text", "07700 900123", "After 7pm, any day", "I'm new, and it's a lot."),
    ("Sam", "email", "sam@private.example", "I check it in the evening", ""),
    ("Robin", "phone", "07700 900456", "Friday lunchtime", "Do I have to tell my practice?"),
)
"""The telephone numbers are of those that Ofcom keeps for drama."""
