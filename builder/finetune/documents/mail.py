"""Messages: e-mails with signatures, letters, chats, tickets, voice mail."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Scene

SIGNATURE = """
    person: name, full name, contact name, signed by | Full name of the person; Name of the person who signs
    first_name
    last_name
    job_title
    department: department, team, division | Department of the person
    company
    email
    phone
    mobile
    fax
    website
    address
    city
    postcode
    linkedin: linkedin, profile, social profile | Profile in a social network
"""
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
    name = f"{first} {last}" if scene.locale != "ja_JP" else f"{last} {first}"
    company = scene.company()
    host = scene.host(company)
    facts |= {"person": name, "first_name": first, "last_name": last}
    lines = [name]
    if scene.chance(share + 0.15):
        facts["job_title"] = scene.job()
        lines.append(str(facts["job_title"]))
    if scene.chance(share * 0.4):
        facts["department"] = scene.pick(
            "Sales", "Human Resources", "Purchasing", "Legal Department", "R&D", "Finance", "IT", "Marketing"
        )
        lines.append(str(facts["department"]))
    if scene.chance(share + 0.1):
        facts["company"] = company
        lines.append(company)
    lines += address_lines(scene, facts, share)
    lines += reach_lines(scene, facts, share, scene.email(f"{first} {last}", host), scene.website(host))
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
            bare = key in ("email", "website") and scene.chance(0.6)
            lines.append(value if bare else f"{label}{scene.pick(': ', ': ', ' ', '. ')}{value}")
    if scene.chance(0.4):
        scene.rng.shuffle(lines)
    if scene.chance(0.1):
        facts["linkedin"] = f"linkedin.com/in/{email.split('@')[0].replace('.', '-')}"
        lines.append(str(facts["linkedin"]))
    return lines


@kind("people commerce", SIGNATURE, titles=("contact", "signature", "contact details"), weight=2.5)
def email_signature(scene: Scene) -> Draft:
    """The end of a mail: closing and signature, now and then with a legal note."""
    facts: Facts = {}
    block = signature(scene, facts, scene.rng.uniform(0.2, 0.8))
    closing = scene.maybe(scene.word(CLOSINGS) + ",", 0.6)
    note = scene.maybe(
        scene.pick(
            "Please consider the environment before printing.",
            "This e-mail is confidential.",
            "Sent from my phone",
        ),
        0.2,
    )
    return Draft(layout.stack(closing, block, note), facts)


@kind("people commerce", SIGNATURE, titles=("business card", "contact"), weight=1.5)
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


LETTER = """
    sender: sender, from, author, sender name | Person or company that wrote the letter
    sender_address: sender address, return address, from address | Address of the sender
    recipient: recipient, to, addressee | Person or company the letter goes to
    recipient_address: recipient address, to address | Address of the recipient
    date@: date, letter date, written on | Day on which the letter was written
    place: place, written at | Town in which the letter was written
    subject: subject, re, regarding | What the letter is about
    our_reference: our reference, our ref, reference | Reference of the sender
    your_reference: your reference, your ref, customer reference | Reference of the recipient
    signed_by: signed by, signatory, signer | Person who signed
    role: role, position, title of signatory | Position of the person who signed
    deadline@: deadline, respond by, answer by | Day until which an answer is wanted
    enclosures[]: enclosures, enclosed | Papers enclosed with the letter
    amount#: amount, sum | Sum of money in the letter
"""


@kind("people commerce law", LETTER, titles=("letter", "business letter"), weight=1.5)
def letter(scene: Scene) -> Draft:
    """A letter on paper: two addresses, place and day, subject, text, signature."""
    sender, recipient = scene.company(), scene.person()
    facts: Facts = {}
    own, other = scene.address(), scene.address()
    facts |= {
        "sender": sender,
        "recipient": recipient,
        "sender_address": own.one_line(),
        "recipient_address": other.one_line("\n"),
    }
    opening = [
        f"{sender}, {own.one_line()}",
        f"{recipient}\n{other.one_line(chr(10))}",
        letter_lines(scene, facts),
    ]
    sentences = [
        scene.pick(
            "thank you for your letter.",
            "we refer to our talk of last week.",
            "we are writing about your account.",
        )
    ]
    sentences.append(f"The matter of the {scene.word(words.SERVICES)} has been looked into.")
    if scene.chance(0.4):
        facts["amount"] = scene.priced(scene.cents(30, 9000))
        sentences.append(
            scene.pick("A sum of {} is open.", "We will pay {} to you.", "The costs come to {}.").format(
                facts["amount"]
            )
        )
    if scene.chance(0.4):
        facts["deadline"] = scene.day()
        sentences.append(
            scene.pick("Please reply by {}.", "We expect your answer by {}.").format(facts["deadline"])
        )
    body = f"Dear {recipient},\n\n" + layout.wrapped(" ".join(sentences), scene.pick(50, 70, 90))
    end = [scene.word(CLOSINGS)]
    if scene.chance(0.8):
        facts["signed_by"] = scene.person()
        end.append(str(facts["signed_by"]))
        if scene.chance(0.6):
            facts["role"] = scene.job()
            end.append(str(facts["role"]))
    return Draft(layout.stack(*opening, body, "\n".join(end), enclosed(scene, facts), gap="\n\n"), facts)


def letter_lines(scene: Scene, facts: Facts) -> str:
    """Place and day, references, subject."""
    lines = []
    if scene.chance(0.8):
        facts["date"] = scene.day()
        lines.append(str(facts["date"]))
        if scene.chance(0.4):
            facts["place"] = scene.city()
            lines[0] = f"{facts['place']}, {lines[0]}"
    for key, label in (("our_reference", "Our ref"), ("your_reference", "Your ref")):
        if scene.chance(0.35):
            facts[key] = scene.reference("??/####", "####-##", "??-??-###")
            lines.append(f"{label}: {facts[key]}")
    if scene.chance(0.7):
        facts["subject"] = scene.word(words.TOPICS)
        lines.append(
            f"{scene.label('subject')}: {facts['subject']}" if scene.chance(0.5) else str(facts["subject"])
        )
    return "\n".join(lines)


def enclosed(scene: Scene, facts: Facts) -> str:
    """What is enclosed."""
    if scene.chance(0.65):
        return ""
    papers = scene.some(
        ("copy of the contract", "return envelope", "price list", "application form", "map", "invoice"), 1, 3
    )
    facts["enclosures"] = papers
    return scene.pick("Encl.: ", "Enclosures: ", "Enclosed: ") + ", ".join(papers)


CHAT = """
    participants[]: participants, speakers, people, users | People who write in the chat
    time: meeting time, agreed time, time | Time on which they agree
    place: place, meeting place, where | Place where they meet
    day: day, meeting day, when | Day on which they meet
    food: food, dish, what to eat | What they want to eat
    phone
    email
    amount#: amount, price, money | Sum of money that is mentioned
    bring[]: things to bring, to bring, shopping list | Things that somebody shall bring
    agreed?: agreed, meeting agreed, confirmed | Whether they agree to meet
"""


@kind("people", CHAT, titles=("chat", "conversation"))
def chat(scene: Scene) -> Draft:
    """A few short messages between two people."""
    names = [scene.person_parts()[0] for _ in range(2)]
    if names[0] == names[1]:
        names[1] = "Zo"
    facts: Facts = {
        "participants": list(names),
        "day": scene.pick("Saturday", "tomorrow", "Friday night", "next Sunday", "tonight"),
    }
    said = [
        scene.pick("hey, are you free {}?", "what about {}?", "do you want to meet {}?").format(facts["day"])
    ]
    said.append(scene.pick("maybe", "let me check", "hm, not sure yet", "who else is coming?"))
    for key, frame, value in chat_values(scene):
        if scene.chance(0.4):
            facts[key] = value
            said.append(frame.format(value))
    if scene.chance(0.3):
        facts["bring"] = scene.some(words.INGREDIENTS, 1, 3)
        said.append(
            "can you bring " + " and ".join(facts["bring"] if isinstance(facts["bring"], list) else []) + "?"
        )
    if scene.chance(0.6):
        facts["agreed"] = scene.chance(0.6)
        said.append(
            scene.pick("ok deal!", "great, see you then", "perfect, I'm in")
            if facts["agreed"]
            else scene.pick("sorry, I can't make it", "no, let's skip it")
        )
    return Draft(
        "\n".join(chat_line(scene, scene.day_style, names[at % 2], text) for at, text in enumerate(said)),
        facts,
    )


def chat_line(scene: Scene, style: str, name: str, text: str) -> str:
    """One message with its writer."""
    return (
        f"[{scene.number(10, 23)}:{scene.number(10, 59)}] {name}: {text}"
        if style.startswith("d")
        else f"{name}: {text}"
    )


def chat_values(scene: Scene) -> list[tuple[str, str, str | Written]]:
    """Field, sentence and value of what may be said."""
    return [
        ("time", scene.pick("at {} then", "{} works for me", "let's say {}"), scene.clock(17, 22)),
        ("place", scene.pick("meet at {}", "I'll be at {}", "see you at {}"), scene.shop()),
        (
            "food",
            scene.pick("I feel like {}", "they have great {}", "could go for {}"),
            scene.word(words.DISHES),
        ),
        ("phone", scene.pick("my new number is {}", "call me on {}"), scene.phone()),
        ("email", scene.pick("send it to {}", "my mail is {}"), scene.email()),
        (
            "amount",
            scene.pick("you still owe me {}", "tickets are {}", "it was {} per person"),
            scene.priced(scene.cents(3, 90)),
        ),
    ]


TICKET = """
    ticket_id: ticket id, case number, ticket number, issue id | Number of the ticket
    person: reporter, requester, customer name, opened by | Person who has the problem
    email
    assignee: assignee, assigned to, agent, owner | Person who works on the ticket
    product: product, product name, affected product | Product that has the problem
    order_no: order number, order id | Number of the order
    serial_no: serial number, serial | Serial number of the device
    opened@: opened, date, created, reported on | Day on which the ticket was opened
    due@: due date, resolve by, target date | Day until which it has to be solved
    priority=low/medium/high/critical: priority, severity, urgency | How important it is
    status=open/in progress/closed: status, state | State of the ticket
    refund?: refund wanted, wants refund, refund requested | Whether the customer wants the money back
    summary: summary, title, subject | Title of the ticket
    error_message: error message, error text, message shown | Text of the error as shown
"""
PRIORITY = {
    "low": ("Not urgent at all.", "Minor, just cosmetic."), "medium": ("It is annoying but I can work.",
    "Normal priority."),
    "high": ("I cannot do my job like this.", "Please hurry."), "critical": ("The whole shop is down!",
    "Production stands still."),
}  # fmt: skip
TICKET_STATUS = {
    "open": ("Nobody has looked at it yet.",),
    "in progress": ("A technician is working on it.",),
    "closed": ("Solved, the ticket was closed.",),
}
ERRORS = (
    "Error 404: page not found",
    "Connection timed out",
    "E07 paper jam",
    "Invalid password",
    "Out of memory",
    "Disk full (0x70)",
    "Payment declined",
)
PROBLEMS = (
    "Screen stays black",
    "Cannot log in",
    "Wrong item delivered",
    "App crashes on start",
    "Refund not received",
    "Printer offline",
    "Noise from the fan",
)


@kind("technical commerce people", TICKET, titles=("ticket", "support ticket", "case"), weight=1.5)
def support_ticket(scene: Scene) -> Draft:
    """A ticket: labelled values and a free text from which some answers follow."""
    values: list[tuple[str, str, str | Written]] = [
        (
            "ticket_id",
            scene.pick("Ticket", "Case", "Issue", "Ticket ID"),
            scene.reference("#%####", "INC#######", "HD-####", "CASE-##-###"),
        ),
        ("person", scene.pick("Reporter", "Opened by", "Customer", "Requester"), scene.person()),
        ("email", scene.label("email"), scene.email()),
        ("assignee", scene.pick("Assigned to", "Agent", "Owner"), scene.person()),
        ("product", scene.pick("Product", "Device", "Item"), scene.word(words.GOODS)),
        ("order_no", scene.label("order no"), scene.reference("#######", "ORD-####")),
        ("serial_no", scene.pick("S/N", "Serial No", "Serial"), scene.reference("??##?#####", "SN########")),
        ("opened", scene.pick("Created", "Opened", "Date"), scene.day()),
        ("due", scene.pick("Due", "Resolve by", "Target"), scene.day()),
        ("summary", scene.pick("Summary", "Title", "Subject"), scene.word(PROBLEMS)),
    ]
    facts: Facts = {}
    rows = []
    for key, label, value in values:
        if scene.chance(0.5):
            facts[key] = value
            rows.append((label, str(value)))
    text = ["Hello, I need help.", *ticket_sentences(scene, facts)]
    return Draft(
        layout.stack(
            layout.pairs(scene.rng, rows) if rows else "", layout.wrapped(" ".join(text), 80), gap="\n\n"
        ),
        facts,
    )


def ticket_sentences(scene: Scene, facts: Facts) -> list[str]:
    """What the customer writes."""
    text = []
    for key, table in (("priority", PRIORITY), ("status", TICKET_STATUS)):
        if scene.chance(0.4):
            facts[key] = scene.pick(*table)
            text.append(scene.word(table[str(facts[key])]))
    if scene.chance(0.35):
        facts["error_message"] = scene.word(ERRORS)
        text.insert(
            0,
            scene.pick('It says "{}".', 'I get the message "{}" every time.').format(facts["error_message"]),
        )
    if scene.chance(0.35):
        facts["refund"] = scene.chance(0.6)
        text.append("I want my money back." if facts["refund"] else "I do not need a refund, just fix it.")
    return text
