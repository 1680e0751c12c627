"""Messages: e-mails with signatures, letters, chats, tickets, voice mail."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts
from .native import job_of
from .phrasebook import phrase, phrases
from .registry import kind
from .scene import Scene

SIGNATURE = """
    *person: name, full name, contact name, signed by | Full name of the person; Name of the person who signs
    first_name
    last_name
    *job_title
    department: department, team, division | Department of the person
    *company
    *email
    *phone
    mobile
    fax
    *website
    *address
    city
    postcode
    linkedin: linkedin, profile, social profile | Profile in a social network
"""
CONTACTS = phrases("contacts")
GREETINGS = ("Dear", "Hi", "Hello", "Good morning", "Dear Mr/Ms", "Hallo")
CLOSINGS = (
    "Best regards",
    "Kind regards",
    "Best",
    "Thanks",
    "Yours sincerely",
    "Cheers",
    "Regards",
    "Many thanks",
    "BR",
)
LEAD = (
    "I hope you are well.", "Thank you for your message.", "As discussed on the phone,", "Just a quick note.",
    "Sorry for the late reply.", "Following up on our call.", "It was good to meet you.", "",
)  # fmt: skip


def signature(scene: Scene, facts: Facts, share: float = 0.5) -> str:
    """Name and ways to reach somebody, in a drawn layout."""
    first, last = scene.person_parts()
    name = scene.full_name(first, last)
    company = scene.company() if scene.chance(0.65) else scene.organisation()
    host = scene.host(company)
    facts |= {"person": name, "first_name": first, "last_name": last}
    # On behalf of somebody: no part of the name.
    lines = [scene.maybe(scene.pick("i. A. ", "i. V. ", "p.p. ", "gez. ", "Signed: "), 0.06) + name]
    if scene.chance(share + 0.15):
        facts["job_title"] = job_of(scene)
        lines.append(str(facts["job_title"]))
        if scene.chance(0.2):
            facts["company"] = company
            lines[-1] += scene.pick(", ", ", ", " - ", " at ", " | ") + company
    if scene.chance(share * 0.4):
        facts["department"] = scene.pick(
            "Sales", "Human Resources", "Purchasing", "Legal Department", "R&D", "Finance", "IT", "Marketing"
        )
        lines.append(str(facts["department"]))
    if "company" not in facts and scene.chance(share + 0.1):
        facts["company"] = company
        lines.insert(0 if scene.chance(0.15) else len(lines), company)
    lines += address_lines(scene, facts, share)
    lines += reach_lines(scene, facts, share, scene.email(f"{first} {last}", host), page(scene, host))
    return scene.pick("\n", "\n", "\n", " | ", ", ").join(lines) if len(lines) > 1 else lines[0]


def address_lines(scene: Scene, facts: Facts, share: float) -> list[str]:
    """An address in a signature: whole, the town alone, or none."""
    address = scene.address()
    if scene.chance(share * 0.8):
        mark = scene.pick("\n", ", ", " \u00b7 ")
        facts |= {"address": address.one_line(mark), "city": address.city, "postcode": address.postcode}
        return [address.one_line(mark)]
    if scene.chance(0.15):
        facts["city"] = address.city
        return [address.city]
    return []


def page(scene: Scene, host: str) -> str:
    """The address of a website or of a page in it."""
    site = scene.website(host)
    return (
        site.rstrip("/") + scene.pick("/team", "/work", "/contact", "/en", "/about-us")
        if scene.chance(0.12)
        else site
    )


def reach_lines(scene: Scene, facts: Facts, share: float, email: str, website: str) -> list[str]:
    """Telephone, mobile, fax, e-mail, website: each there or not, with or without a label."""
    values = {
        "phone": (scene.label("phone"), scene.phone()),
        "mobile": (scene.label("mobile"), scene.phone()),
        "fax": (scene.pick("Fax", "F"), scene.phone()),
        "email": (scene.label("email"), email),
        "website": (scene.pick("Web", "W", "www"), website),
    }
    shares = {
        "phone": share,
        "mobile": share * 0.6,
        "fax": share * 0.3,
        "email": share + 0.1,
        "website": share * 0.8,
    }
    lines = []
    for key, (label, value) in values.items():
        if scene.chance(shares[key]):
            facts[key] = value
            bare = scene.chance(0.6 if key in ("email", "website") else 0.3 if key == "phone" else 0)
            lines.append(value if bare else f"{label}{scene.pick(': ', ': ', ' ', '. ')}{value}")
    if scene.chance(0.4):
        scene.rng.shuffle(lines)
    if scene.chance(0.1):
        facts["linkedin"] = f"linkedin.com/in/{email.split('@')[0].replace('.', '-')}"
        lines.append(str(facts["linkedin"]))
    return lines


@kind("people commerce", SIGNATURE, titles=("contact", "signature", "contact details"), weight=5)
def email_signature(scene: Scene) -> Draft:
    """The end of a mail: closing and signature, now and then with a legal note."""
    facts: Facts = {}
    block = signature(scene, facts, scene.rng.uniform(0.2, 0.8))
    closing = scene.maybe(phrase(scene, CONTACTS, "closing") + scene.pick(",", ""), 0.6)
    note = scene.maybe(
        scene.pick(
            "Please consider the environment before printing.",
            "This e-mail is confidential.",
            "Sent from my phone",
        ),
        0.2,
    )
    return Draft(layout.stack(closing, block, note), facts)


@kind("people commerce", SIGNATURE, titles=("business card", "contact"), weight=3)
def business_card(scene: Scene) -> Draft:
    """A card: few words, several lines."""
    facts: Facts = {}
    block = signature(scene, facts, 0.7)
    lines = block.split("\n")
    slogan = scene.maybe(str(scene.fake.catch_phrase()) if scene.locale == "en_US" else "Since 1987", 0.2)
    text = layout.stack(*lines, slogan)
    if scene.chance(0.25) and "\n" not in str(facts.get("address")):
        return Draft(layout.boxed(text), facts)
    return Draft(layout.centred(text.split("\n"), 40) if scene.chance(0.3) else text, facts)


EMAIL = """
    subject: subject, subject line, re, topic | Subject of the message; What the message is about
    sender: sender, from, author, sender name | Person who wrote the message; Who sent it
    sender_email: sender email, from address, sender address | E-mail address of the sender
    recipient: recipient, to, addressee, receiver | Person the message is written to
    recipient_email: recipient email, to address | E-mail address of the recipient
    cc[]: cc, copied to, copies | People who get a copy
    sent@: sent date, date, sent on, sent at | Day on which it was sent
    deadline: deadline, due date, reply by, respond by | Until when something has to be done; Date by which \
        an answer is wanted
    meeting_time: meeting time, time, proposed time | Time of the meeting, as written
    amount#: amount, sum, amount mentioned | Sum of money that is mentioned
    attachment[]: attachments, attached files, files | Names of the attached files
    request=question/complaint/order/thanks/invitation: intent, kind of message, purpose | What the message \
        is for
    urgent?: urgent, is urgent, high priority | Whether the matter is urgent
""" + "\n".join(
    line
    for line in SIGNATURE.splitlines()
    if not line.strip().startswith(("person", "first_name", "last_name", "email", "city", "postcode"))
)
BODIES = {
    "question": ("could you tell me whether {thing} is still available?",
    "do you know when {thing} will be delivered?", "how much would {thing} cost?"),
    "complaint": ("I am not happy at all with {thing}: it arrived broken.",
    "{thing} stopped working after two days.", "I was charged twice for {thing}."),
    "order": ("we would like to order {thing}.", "please put {thing} on our account and send it soon.",
    "please send us {thing} as usual."),
    "thanks": ("thank you so much for {thing}.", "we are very pleased with {thing}, well done!",
    "thanks again for your help with {thing}."),
    "invitation": ("we would be glad if you could join us for {thing}.", "you are invited to {thing}.",
    "please come to {thing} with your family."),
}  # fmt: skip


def message_body(scene: Scene, facts: Facts) -> str:
    """Some sentences with a purpose, perhaps a deadline, a time, an amount, a file."""
    purpose = scene.pick(*BODIES)
    thing = (
        f"the {scene.word(words.EVENTS)}"
        if purpose == "invitation"
        else f"the {scene.word(words.GOODS + words.SERVICES)}"
    )
    sentence = scene.word(BODIES[purpose]).format(thing=thing)
    facts["request"] = purpose
    sentences = [scene.word(LEAD), sentence[0].upper() + sentence[1:]]
    if scene.chance(0.35):
        facts["deadline"] = scene.pick(
            "Friday", "next Tuesday", "the end of the month", "tomorrow noon", scene.day().text
        )
        sentences.append(
            scene.pick("Please let me know by {}.", "I need an answer by {}.", "The deadline is {}.").format(
                facts["deadline"]
            )
        )
    if scene.chance(0.3):
        facts["meeting_time"] = scene.clock()
        sentences.append(
            scene.pick("Shall we talk at {}?", "I am free at {}.", "Can we meet at {} in the office?").format(
                facts["meeting_time"]
            )
        )
    if scene.chance(0.3):
        amount = scene.priced(scene.cents(20, 5000))
        facts["amount"] = amount
        sentences.append(
            scene.pick("The amount is {}.", "It was {} last time.", "We agreed on {}.").format(amount)
        )
    if scene.chance(0.25):
        facts["urgent"] = scene.chance(0.7)
        urgent, calm = (
            ("This is really urgent!", "Please treat this as a priority.", "ASAP please."),
            ("There is no hurry.", "Take your time."),
        )
        sentences.append(scene.word(urgent if facts["urgent"] else calm))
    return " ".join(part for part in sentences if part)


def attachments(scene: Scene, facts: Facts) -> str:
    """The files that hang on the message."""
    if scene.chance(0.7):
        return ""
    files = [
        scene.pick("report", "invoice", "plan", "photo", "contract")
        + scene.reference("_####", "-v#", "##")
        + scene.pick(".pdf", ".docx", ".xlsx", ".jpg")
    ]
    files += ["notes.txt"] if scene.chance(0.4) else []
    facts["attachment"] = files
    return scene.pick("Attachments: ", "Attached: ", "Files: ") + ", ".join(files)


@kind("people commerce", EMAIL, titles=("email", "message", "mail"), weight=3)
def email(scene: Scene) -> Draft:
    """A mail with head, body and signature."""
    facts: Facts = {}
    body = message_body(scene, facts)
    block = signature(scene, facts, scene.rng.uniform(0.1, 0.6))
    sender = str(facts["person"])
    facts["sender"] = sender
    own = str(facts.get("email") or scene.email(sender))
    facts["sender_email"] = facts.pop("email", None)
    recipient = scene.person()
    facts["recipient"] = recipient
    head = mail_head(scene, facts, own, recipient)
    if scene.chance(0.3) and len(facts) > 4:
        block = scene.pick(sender, sender.split()[0])
        facts = {key: fact for key, fact in facts.items() if key not in SIGNATURE_KEYS}
        facts["sender_email"] = own if own in head else None
        facts["sender"] = sender if head and sender in head else block
        if facts["sender"] != sender:
            facts = {key: fact for key, fact in facts.items() if key not in ("person", "last_name")}
    whole = "recipient_email" not in facts or scene.chance(0.3)
    greeting = f"{scene.word(GREETINGS[:4])} {recipient if whole else recipient.split()[0]},"
    width = scene.pick(60, 72, 100, 1000)
    text = layout.stack(
        head,
        greeting,
        layout.wrapped(body, width),
        attachments(scene, facts),
        f"{scene.word(CLOSINGS)},\n{block}",
        gap="\n\n",
    )
    return Draft(text, facts)


SIGNATURE_KEYS = (
    "city",
    "postcode",
    "job_title",
    "department",
    "company",
    "phone",
    "mobile",
    "fax",
    "website",
    "address",
    "linkedin",
)


def mail_head(scene: Scene, facts: Facts, own: str, recipient: str) -> str:
    """From, To, Cc, Date, Subject: some of them; none in a message without a head."""
    if scene.chance(0.2):
        return ""
    rows = [(scene.label("from"), f"{facts['sender']} <{own}>")]
    facts["sender_email"] = own
    if scene.chance(0.6):
        facts["recipient_email"] = scene.email(recipient)
        rows.append((scene.label("to"), f"{recipient} <{facts['recipient_email']}>"))
    if scene.chance(0.25):
        copied = scene.people(1, 3)
        facts["cc"] = copied
        rows.append(("Cc", "; ".join(copied)))
    if scene.chance(0.7):
        facts["sent"] = scene.day()
        rows.append((scene.pick("Date", "Sent"), str(facts["sent"]) + scene.maybe(" " + scene.clock())))
    if scene.chance(0.8):
        topic = scene.word(words.TOPICS + words.EVENTS)
        facts["subject"] = topic
        rows.append((scene.label("subject"), topic))
    return layout.pairs(scene.rng, rows, "colon")
