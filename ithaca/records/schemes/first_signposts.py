"""The signposts that every installation begins with. Each is looked at again by whoever keeps it right.

Only services that have stood for years, by their front doors, in cautious words: an editor adds what is local.
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
        what="Someone to talk to at any time, day or night, about whatever weighs on you. Free to call.",
        url="https://www.samaritans.org/",
        telephone="116 123",
    ),
    FirstSignpost(
        kind=Kind.TALK_NOW,
        name="NHS 111",
        what="Urgent help with your health, the health of your mind too. In danger, call 999.",
        url="https://111.nhs.uk/",
        telephone="111",
        nation="england",
    ),
    FirstSignpost(
        kind=Kind.TALK_NOW,
        name="Breathing Space",
        what="A free, confidential telephone service for anyone in Scotland who feels low, anxious or under strain.",
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
        what="The crisis helpline for Northern Ireland, for anyone in distress or despair. Open at any time.",
        url="https://www.lifelinehelpline.info/",
        telephone="0808 808 8000",
        nation="northern_ireland",
    ),
    *(
        FirstSignpost(
            kind=Kind.OWN_DOCTOR,
            name="Your own GP",
            what="Register with a practice where you do not work. You are a patient there like anyone else.",
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
        what="Confidential care for doctors with mental ill health or addiction. You refer yourself.",
        url="https://www.practitionerhealth.nhs.uk/",
        profession="gp",
        nation="england",
    ),
    FirstSignpost(
        kind=Kind.PRACTITIONER_HEALTH,
        name="Workforce Specialist Service",
        what="Confidential mental health care for regulated health professionals in Scotland. The National Wellbeing"
        " Hub says who can use it and how.",
        url="https://wellbeinghub.scot/",
        nation="scotland",
    ),
    FirstSignpost(
        kind=Kind.PRACTITIONER_HEALTH,
        name="Canopi (was Health for Health Professionals Wales)",
        what="Free, confidential mental health support for those who work in health and social care in Wales.",
        url="https://canopi.nhs.wales/",
        nation="wales",
    ),
    FirstSignpost(
        kind=Kind.PRACTITIONER_HEALTH,
        name="BMA counselling and peer support",
        what="Counselling by telephone for every doctor, a member of the BMA or not. Open at any time.",
        url="https://www.bma.org.uk/advice-and-support/your-wellbeing",
        telephone="0330 123 1245",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.SUPERVISION,
        name="Your clinical supervisor, or a senior colleague",
        what="Questions about a patient go back to your practice. A mentor does not answer them.",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.SUPERVISION,
        name="Your clinical supervisor, or your nurse lead",
        what="Questions about a patient go back to your practice. A mentor does not answer them.",
        profession="nurse",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Your medical defence organisation",
        what="Advice about a complaint, a claim or a letter from the regulator. Its number is in your papers.",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="General Medical Council",
        what="The regulator of doctors: its guidance, and help for doctors who are worried or under investigation.",
        url="https://www.gmc-uk.org/",
        profession="gp",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Nursing and Midwifery Council",
        what="The regulator of nurses and midwives: its Code, and what happens when a concern is raised.",
        url="https://www.nmc.org.uk/",
        profession="nurse",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Royal College of Nursing",
        what="Advice about work, and counselling, for its members.",
        url="https://www.rcn.org.uk/",
        profession="nurse",
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Institute of General Practice Management",
        what="The professional body of those who manage general practices.",
        url="https://igpm.org.uk/",
        profession="practice_manager",
    ),
    *(
        FirstSignpost(
            kind=Kind.BODY,
            name="Acas",
            what="Free and impartial advice on rights and trouble at work, for those who employ and those employed.",
            url="https://www.acas.org.uk/",
            telephone="0300 123 1100",
            nation=nation,
        )
        for nation in ("england", "scotland", "wales")
    ),
    FirstSignpost(
        kind=Kind.BODY,
        name="Labour Relations Agency",
        what="Free and impartial advice on rights and trouble at work, for those who employ and those employed.",
        url="https://www.lra.org.uk/",
        nation="northern_ireland",
    ),
)
