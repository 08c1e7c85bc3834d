"""The signposts that every installation starts with. Whoever is responsible for each one checks it again.

Only long-established services, by their home pages, in cautious words: an editor adds what is local.
"""

from dataclasses import dataclass

from ithaca.records.schemes.models import Signpost

Kind = Signpost.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSignpost:
    """What a `Signpost` says. No profession or nation: for all."""

    kind: Kind
    name: str
    what: str
    url: str = ""
    telephone: str = ""
    profession: str = ""
    nation: str = ""


FIRST_SIGNPOSTS = (
    FirstSignpost(
        kind=Kind.TALK_NOW,
        name="Samaritans",
        what="Someone to talk to at any time, day or night, about anything that's troubling you. Calls are free.",
        url="https://www.samaritans.org/",
        telephone="116 123",
    ),
    FirstSignpost(
        kind=Kind.TALK_NOW,
        name="NHS 111",
        what="Urgent help with your physical or mental health. If someone is in danger, call 999.",
        url="https://111.nhs.uk/",
        telephone="111",
        nation="england",
    ),
    FirstSignpost(
        kind=Kind.TALK_NOW,
        name="Breathing Space",
        what="A free, confidential phone service for anyone in Scotland who feels low, anxious or under strain.",
        url="https://breathingspace.scot/",
        telephone="0800 83 85 87",
        nation="scotland",
    ),
    FirstSignpost(
        kind=Kind.TALK_NOW,
        name="C.A.L.L. helpline",
        what="A mental health listening line for Wales, open at any time.",
        url="https://www.callhelpline.org.uk/",
        telephone="0800 132 737",
        nation="wales",
    ),
    FirstSignpost(
        kind=Kind.TALK_NOW,
        name="Lifeline",
        what="The crisis helpline for Northern Ireland, for anyone in distress or despair. Open 24 hours a day.",
        url="https://www.lifelinehelpline.info/",
        telephone="0808 808 8000",
        nation="northern_ireland",
    ),
    *(
        FirstSignpost(
            kind=Kind.OWN_DOCTOR,
            name="Your own GP",
            what="Register with a GP practice you don't work at. You'll be a patient there like anyone else.",
            url=url,
            nation=nation,
        )
        for nation, url in (
            ("england", "https://www.nhs.uk/nhs-services/gps/"),
            ("scotland", "https://www.nhsinform.scot/"),
            ("wales", "https://111.wales.nhs.uk/"),
            ("northern_ireland", "https://www.nidirect.gov.uk/"),
        )
    ),
    FirstSignpost(
        kind=Kind.PRACTITIONER_HEALTH,
        name="NHS Practitioner Health",
        what="Confidential care for doctors with mental ill health or addiction. You can refer yourself.",
        url="https://www.practitionerhealth.nhs.uk/",
        profession="gp",
        nation="england",
    ),
    FirstSignpost(
        kind=Kind.PRACTITIONER_HEALTH,
        name="Workforce Specialist Service",
        what="Confidential mental health care for regulated health professionals in Scotland. The National Wellbeing"
        " Hub explains who can use it and how.",
        url="https://wellbeinghub.scot/",
        nation="scotland",
    ),
    FirstSignpost(
        kind=Kind.PRACTITIONER_HEALTH,
        name="Canopi (was Health for Health Professionals Wales)",
        what="Free, confidential mental health support for people who work in health and social care in Wales.",
        url="https://canopi.nhs.wales/",
        nation="wales",
    ),
    FirstSignpost(
        kind=Kind.PRACTITIONER_HEALTH,
        name="BMA counselling and peer support",
        what="Phone counselling for every doctor, whether or not they're a BMA member. Open 24 hours a day.",
        url="https://www.bma.org.uk/advice-and-support/your-wellbeing",
        telephone="0330 123 1245",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.SUPERVISION,
        name="Your clinical supervisor, or a senior colleague",
        what="Take questions about a patient back to your practice. Mentors can't answer clinical questions.",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.SUPERVISION,
        name="Your clinical supervisor, or your nurse lead",
        what="Take questions about a patient back to your practice. Mentors can't answer clinical questions.",
        profession="nurse",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Your medical defence organisation",
        what="Advice about a complaint, a claim or a letter from the regulator. "
        "The phone number is on your membership documents.",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="General Medical Council",
        what="Regulates doctors. It has guidance, and help if you're worried or being investigated.",
        url="https://www.gmc-uk.org/",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Nursing and Midwifery Council",
        what="The regulator for nurses and midwives. Read its Code, and what happens when someone raises a concern.",
        url="https://www.nmc.org.uk/",
        profession="nurse",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Royal College of Nursing",
        what="Employment advice and counselling for its members.",
        url="https://www.rcn.org.uk/",
        profession="nurse",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Institute of General Practice Management",
        what="The professional body for people who manage general practices.",
        url="https://igpm.org.uk/",
        profession="practice_manager",
    ),
    *(
        FirstSignpost(
            kind=Kind.BODY,
            name="Acas",
            what="Free, impartial advice about rights and problems at work, for employers and the people they employ.",
            url="https://www.acas.org.uk/",
            telephone="0300 123 1100",
            nation=nation,
        )
        for nation in ("england", "scotland", "wales")
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Labour Relations Agency",
        what="Free, impartial advice about rights and problems at work, for employers and the people they employ.",
        url="https://www.lra.org.uk/",
        nation="northern_ireland",
    ),
)
