"""Letters, chats and tickets."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .mail import CLOSINGS
from .registry import kind
from .scene import Scene

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
