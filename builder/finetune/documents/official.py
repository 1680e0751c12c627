"""Papers of offices, banks and suppliers: contracts, statements, bills, claims, certificates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from . import layout, words
from .draft import Draft, Facts, Written
from .entities import COUNTRY_NAMES
from .registry import kind
from .scene import Scene

Value = tuple[str, str, str | Written]


def drawn_rows(scene: Scene, facts: Facts, values: list[Value], share: float) -> list[tuple[str, str]]:
    """Labelled values, each there with the given probability."""
    rows = []
    for key, label, value in values:
        if scene.chance(share):
            facts[key] = value
            rows.append((label, str(value)))
    return rows


CONTRACT = """
    title: title, contract type, kind of agreement, document name | Kind of contract, as in its heading
    party_one: first party, party a, employer, landlord, licensor | The party named first
    party_two: second party, party b, employee, tenant, licensee | The party named second
    address_one: address of first party, first party address | Address of the party named first
    address_two: address of second party, second party address | Address of the party named second
    signed@: agreement date, date, signed on, dated | Day on which it was signed or made
    effective@: effective date, commencement date, in force from, start date | Day on which it begins to hold
    ends@: expiration date, end date, expires on | Day on which it ends
    term: term, duration, length of contract | How long it lasts
    notice: notice period, termination notice | How long before the end notice must be given
    law: governing law, applicable law, law | Law that applies
    court: place of jurisdiction, court, venue | Town whose courts decide
    fee#: fee, monthly payment, consideration, rent, salary | Money that is paid for it
    renewal: renewal term, renewal, extension | How long it is renewed
    number: contract number, agreement number, reference | Number of the contract
    exclusive?: exclusive, exclusivity | Whether it is exclusive
    witness: witness, witnessed by, in presence of | Person who was a witness
    penalty#: penalty, contractual penalty, damages | Money to be paid for a breach
"""


@kind("law people commerce property", CONTRACT, titles=("contract", "agreement"), weight=1.6)
def contract_page(scene: Scene) -> Draft:
    """The first page of a contract."""
    title = scene.pick(
        "Rental Agreement",
        "SERVICE AGREEMENT",
        "Employment Contract",
        "Licence Agreement",
        "Consulting Agreement",
        "NON-DISCLOSURE AGREEMENT",
        "Purchase Contract",
    )
    one, two = scene.company(), scene.pick(scene.person(), scene.company())
    facts: Facts = {"title": title, "party_one": one, "party_two": two}
    opening = [
        scene.pick(
            "This agreement is made between",
            "By and between",
            "The following parties",
            "This contract is concluded by",
        )
    ]
    opening.append(
        one
        + own_address(scene, facts, "address_one")
        + scene.pick(' ("the First Party")', "", " (hereinafter the Company)")
        + " and "
    )
    opening.append(
        two + own_address(scene, facts, "address_two") + scene.pick(' ("the Second Party")', "", "") + "."
    )
    if scene.chance(0.6):
        facts["signed"] = scene.day()
        opening.append(
            scene.pick("Dated {}.", "It was signed on {}.", "Made this day, {}.").format(facts["signed"])
        )
    head = title
    if scene.chance(0.25):
        facts["number"] = scene.reference("C-####", "##/####", "AGR-##-###")
        head += scene.pick("\nNo. ", " No. ", "\nRef: ") + str(facts["number"])
    clauses = contract_clauses(scene, facts)
    numbered = scene.chance(0.6)
    body = "\n".join(
        f"{number}. {clause}" if numbered else clause for number, clause in enumerate(clauses, 1)
    )
    return Draft(
        layout.stack(
            head,
            layout.wrapped(" ".join(part.strip() for part in opening), 80),
            layout.wrapped(body, scene.pick(60, 80, 500)),
            gap="\n\n",
        ),
        facts,
    )


def own_address(scene: Scene, facts: Facts, key: str) -> str:
    """Where a party has its seat, or nothing."""
    if scene.chance(0.6):
        return ""
    facts[key] = scene.address().one_line()
    return scene.pick(" of {}", ", {}", ", having its office at {},").format(facts[key])


def contract_clauses(scene: Scene, facts: Facts) -> list[str]:
    """Clauses, each there or not."""
    clauses = []
    for key, frame, value in (
        ("effective", "This agreement comes into force on {}.", scene.day()),
        ("ends", "It ends on {} without notice.", scene.day()),
        (
            "term",
            "It is made for a term of {}.",
            scene.pick("two years", "12 months", "five (5) years", "an unlimited time"),
        ),
        (
            "notice",
            "Either side may end it with a notice of {}.",
            scene.pick("three months", "30 days", "four weeks", "ninety (90) days"),
        ),
        ("law", "The law of {} applies.", scene.word(COUNTRY_NAMES)),
        ("court", "The courts of {} shall decide.", scene.city()),
        ("fee", "The Second Party pays {} each month.", scene.priced(scene.cents(50, 6000))),
        (
            "renewal",
            "It is renewed by {} unless ended in time.",
            scene.pick("one year", "six months", "12 months"),
        ),
        ("penalty", "Whoever breaks it pays {}.", scene.priced(scene.cents(500, 50000))),
        ("witness", "Witness: {}", scene.person()),
    ):
        if scene.chance(0.35):
            facts[key] = value
            clauses.append(frame.format(value))
    if scene.chance(0.25):
        facts["exclusive"] = scene.chance(0.5)
        clauses.append(
            "The rights are granted to nobody else."
            if facts["exclusive"]
            else "The same rights may be granted to others."
        )
    scene.rng.shuffle(clauses)
    return clauses


STATEMENT = """
    bank: bank, bank name, institution | Name of the bank
    holder: account holder, customer, name, account owner | Person or company that has the account
    address
    iban: iban, account number, account | Number of the account
    bic: bic, swift | SWIFT code
    number: statement number, statement no | Number of the statement
    issued@: statement date, date, issued | Day of the statement
    period_start@: period start, from date, start of period | First day of the period
    period_end@: period end, to date, end of period | Last day of the period
    opening#: opening balance, previous balance, old balance | Balance at the beginning
    closing#: closing balance, new balance, ending balance | Balance at the end
    payees[]: payees, counterparties, transactions | Names behind the bookings
    deposits#: total deposits, money in, credits | Sum of what came in
    withdrawals#: total withdrawals, money out, debits | Sum of what went out
    limit#: overdraft limit, credit limit | Limit of the credit
    interest#: interest, interest paid | Interest
    currency
    minimum#: minimum payment, minimum due | Smallest sum that must be paid
"""


@kind("commerce people", STATEMENT, titles=("bank statement", "account statement"), weight=1.3)
def bank_statement(scene: Scene) -> Draft:
    """Balances and bookings of an account."""
    facts: Facts = {}
    start = scene.some_day()
    end = start + timedelta(days=scene.pick(27, 29, 30, 89))
    balance = scene.cents(20, 9000)
    bookings = [
        (scene.pick(scene.company, scene.shop, scene.person)(), scene.cents(-800, 900))
        for _ in range(scene.number(2, 7))
    ]
    closing = balance + sum((amount for _, amount in bookings), Decimal(0))
    facts["payees"] = list(dict.fromkeys(name for name, _ in bookings))
    rows = drawn_rows(scene, facts, account_values(scene, balance, closing), 0.5)
    if scene.chance(0.5):
        facts |= {"period_start": scene.day(start), "period_end": scene.day(end)}
        rows.append(
            (
                scene.label("period"),
                f"{facts['period_start']} {scene.pick('-', 'to', '...')} {facts['period_end']}",
            )
        )
    table = layout.table(
        scene.rng,
        [scene.label("date"), scene.label("description"), scene.label("amount")],
        [[booked(scene, start), name, scene.amount(amount).text] for name, amount in bookings],
    )
    return Draft(
        layout.stack(
            scene.maybe(scene.pick("ACCOUNT STATEMENT", "Statement of account", "Bank statement")),
            layout.pairs(scene.rng, rows) if rows else "",
            table,
            gap="\n\n",
        ),
        facts,
    )


def account_values(scene: Scene, balance: Decimal, closing: Decimal) -> list[Value]:
    """Field, label and value of the account; the balances before and after."""
    return [
        ("bank", scene.label("bank"), scene.word(words.BANKS)),
        (
            "holder",
            scene.pick("Account holder", "Name", "Customer"),
            scene.pick(scene.person(), scene.company()),
        ),
        (
            "iban",
            scene.pick("IBAN", "Account", "Account No."),
            scene.pick(scene.iban(), scene.reference("##########")),
        ),
        ("number", scene.pick("Statement No", "No."), scene.reference("#/20##", "###")),
        ("issued", scene.pick("Statement date", "Issued", "Date"), scene.day()),
        (
            "opening",
            scene.pick("Opening balance", "Old balance", "Balance brought forward"),
            scene.priced(balance),
        ),
        (
            "closing",
            scene.pick("Closing balance", "New balance", "Balance carried forward"),
            scene.priced(closing),
        ),
        ("limit", scene.pick("Credit limit", "Overdraft"), scene.priced(scene.cents(500, 5000))),
        ("interest", "Interest", scene.priced(scene.cents(0, 20))),
    ]


def booked(scene: Scene, start: date) -> str:
    """The day of a booking."""
    return scene.day(scene.later(start, 0, 25)).text


BILL = """
    provider: provider, supplier, utility company, company | Company that sends the bill
    customer: customer, account holder, name, billed to | Person who gets the bill
    address: supply address, address, service address | Address that is supplied
    customer_no: customer number, account number, contract account | Number of the customer
    number: bill number, invoice number, document number | Number of the bill
    kind=electricity/gas/water/internet/phone: utility, service type, kind of supply | What is supplied
    issued@: bill date, issue date, date | Day of the bill
    due_date@: due date, pay by, payment due | Last day to pay
    period_start@: period start, from, service from | First day of the period
    period_end@: period end, to, service to | Last day of the period
    meter_no: meter number, meter, meter id | Number of the meter
    reading_old: previous reading, old reading, last reading | Reading of the meter at the beginning
    reading_new: current reading, new reading, present reading | Reading of the meter at the end
    usage: consumption, usage, units used | What was used, with its unit
    total#: total, amount due, total amount | Sum to pay
    tax#: tax, vat | Tax in the sum
    previous#: previous balance, balance brought forward, arrears | What was open before
    paid#: payment received, last payment, amount paid | What was paid since the last bill
    direct_debit?: direct debit, paid automatically, autopay | Whether the money is taken from the account \
        without doing anything
    tariff: tariff, plan, rate | Name of the tariff
    phone
    website
"""
SUPPLY = {
    "electricity": ("Power & Light", "Electric supply", "kWh"), "gas": ("Gas supply", "Natural gas", "m3"),
    "water": ("Water and sewage", "Waterworks", "m3"),
    "internet": ("Broadband", "Fibre 250 Mbit", "GB"), "phone": ("Mobile contract", "Calls and texts", "min"),
}  # fmt: skip


@kind("commerce people property", BILL, titles=("utility bill", "bill", "statement"), weight=1.4)
def utility_bill(scene: Scene) -> Draft:
    """A bill for electricity, gas, water, internet or telephone."""
    what = scene.pick(*SUPPLY)
    first, second, unit = SUPPLY[what]
    facts: Facts = {"kind": what}
    start, old, used = scene.some_day(), scene.number(100, 60000), scene.number(10, 900)
    values: list[Value] = [
        ("provider", scene.pick("Provider", "Supplier", "From"), scene.company()),
        ("customer", scene.label("customer"), scene.person()),
        ("address", scene.pick("Supply address", "Service address"), scene.address(0).one_line()),
        ("customer_no", scene.label("customer no"), scene.reference("##########", "###-####-##")),
        (
            "number",
            scene.pick("Bill No", "Bill number", "Document"),
            scene.reference("##########", "B-######"),
        ),
        ("issued", scene.pick("Bill date", "Issued", "Date"), scene.day(scene.later(start, 31, 40))),
        ("due_date", scene.label("due"), scene.day(scene.later(start, 45, 70))),
        ("meter_no", scene.pick("Meter", "Meter No"), scene.reference("?########", "########")),
        ("reading_old", scene.pick("Previous reading", "Old reading"), str(old)),
        ("reading_new", scene.pick("Current reading", "New reading"), str(old + used)),
        ("usage", scene.pick("Consumption", "Usage", "Used"), f"{used} {unit}"),
        (
            "tariff",
            scene.pick("Tariff", "Plan"),
            scene.pick("Green Basic", "Fixed 24", "Family L", "Standard variable", "Flat 12"),
        ),
        ("previous", scene.pick("Previous balance", "Brought forward"), scene.priced(scene.cents(1, 200))),
        ("paid", scene.pick("Payment received", "Last payment"), scene.priced(scene.cents(1, 200))),
        ("tax", scene.label("tax"), scene.priced(scene.cents(1, 60))),
        ("total", scene.label("total"), scene.priced(scene.cents(20, 900))),
        ("phone", scene.pick("Service line", "Questions?"), scene.phone()),
        ("website", "Web", scene.website(scene.host())),
    ]
    rows = drawn_rows(scene, facts, values, 0.5)
    if scene.chance(0.4):
        facts |= {"period_start": scene.day(start), "period_end": scene.day(scene.later(start, 28, 31))}
        rows.insert(0, (scene.label("period"), f"{facts['period_start']} - {facts['period_end']}"))
    note = ""
    if scene.chance(0.35):
        facts["direct_debit"] = scene.chance(0.5)
        note = (
            "We will collect the amount from your account."
            if facts["direct_debit"]
            else "Please transfer the amount yourself."
        )
    return Draft(
        layout.stack(
            scene.pick(first, second), layout.pairs(scene.rng, rows) if rows else "", note, gap="\n\n"
        ),
        facts,
    )


CLAIM = """
    claim_no: claim number, claim id, case number | Number of the claim
    policy_no: policy number, policy, contract number | Number of the policy
    insured: insured person, policyholder, name, claimant | Person who is insured
    insurer: insurer, insurance company | Insurance company
    what=water/fire/theft/car/travel: kind of damage, claim type, type of loss | What the claim is about
    happened@: date of loss, incident date, date of damage | Day on which it happened
    reported@: reported on, date reported, notice date | Day on which it was reported
    time: time, time of incident | Time of day
    place: place, place of loss, where | Where it happened
    amount#: claimed amount, estimated damage, amount claimed | Money that is asked for
    deductible#: deductible, excess, own share | What the insured person pays
    items[]: damaged items, stolen items, items | Things that were damaged or stolen
    witness: witness, witness name | Person who saw it
    police_no: police report number, police reference | Number of the report of the police
    police?: police informed, reported to police | Whether the police were told
    injured?: injuries, someone injured | Whether somebody was hurt
    phone
    iban
    other_party: other party, third party, opponent | Other person who was involved
"""
LOSSES = {
    "water": ("A pipe burst in the bathroom", "Rain came through the roof"),
    "fire": ("The kitchen caught fire", "A candle set the curtain alight"),
    "theft": ("My bag was stolen", "Burglars broke the back door"),
    "car": ("Another driver hit my bumper", "I slid into a lamp post"),
    "travel": ("My suitcase never arrived", "I fell ill before the trip"),
}
BELONGINGS = (
    "laptop",
    "carpet",
    "camera",
    "bicycle",
    "television",
    "gold watch",
    "suitcase",
    "sofa",
    "parquet floor",
    "left headlight",
    "passport",
    "jacket",
)


@kind("law people commerce vehicles", CLAIM, titles=("insurance claim", "claim", "damage report"), weight=1.3)
def insurance_claim(scene: Scene) -> Draft:
    """A report of a damage: labelled values, then what happened."""
    facts: Facts = {"what": scene.pick(*LOSSES)}
    values: list[Value] = [
        ("claim_no", scene.pick("Claim No", "Claim"), scene.reference("CL-######", "##-####-?", "########")),
        (
            "policy_no",
            scene.pick("Policy", "Policy No", "Contract"),
            scene.reference("P-########", "??######", "###.###.###"),
        ),
        ("insured", scene.pick("Insured", "Policyholder", "Name"), scene.person()),
        ("insurer", scene.pick("Insurer", "Company"), f"{scene.word(words.BRAND_STEMS)} Insurance"),
        ("happened", scene.pick("Date of loss", "Happened on", "Date of incident"), scene.day()),
        ("reported", scene.pick("Reported", "Date of report"), scene.day()),
        ("time", "Time", scene.clock()),
        ("place", scene.label("place"), scene.pick(scene.city(), scene.address(0).one_line())),
        (
            "amount",
            scene.pick("Estimated damage", "Claimed", "Amount claimed"),
            scene.priced(scene.cents(40, 9000)),
        ),
        ("deductible", scene.pick("Excess", "Deductible"), scene.priced(scene.cents(50, 500))),
        ("witness", "Witness", scene.person()),
        ("police_no", scene.pick("Police report", "Police ref"), scene.reference("####/##", "PR-#####")),
        ("phone", scene.label("phone"), scene.phone()),
        ("iban", "IBAN", scene.iban()),
        ("other_party", scene.pick("Other party", "Third party"), scene.person()),
    ]
    rows = drawn_rows(scene, facts, values, 0.42)
    text = [scene.word(LOSSES[str(facts["what"])]) + "."]
    if scene.chance(0.4):
        found = scene.some(BELONGINGS, 1, 4)
        facts["items"] = found
        text.append(scene.pick("Affected: {}.", "These things are concerned: {}.").format(", ".join(found)))
    if scene.chance(0.3):
        facts["police"] = scene.chance(0.5)
        text.append("The police came at once." if facts["police"] else "I did not call the police.")
    if scene.chance(0.3):
        facts["injured"] = scene.chance(0.4)
        text.append("My leg was hurt." if facts["injured"] else "Luckily everybody is fine.")
    return Draft(
        layout.stack(
            layout.pairs(scene.rng, rows) if rows else "", layout.wrapped(" ".join(text), 80), gap="\n\n"
        ),
        facts,
    )


CERTIFICATE = """
    title: title, certificate, kind of certificate | Kind of certificate
    person: name, holder, awarded to, participant | Person who gets it
    birth@: date of birth, born | Day of birth
    subject: course, subject, topic, awarded for | What it was given for
    issuer: issuer, institution, issued by, organisation | Who gave it
    issued@: issue date, date, issued on | Day on which it was given
    expires@: expiry date, valid until, expires | Day on which it ends
    number: certificate number, registration number, number | Number of the certificate
    grade: grade, mark, result, score | Grade
    hours: hours, duration, course length | How long the course was
    signed_by: signed by, director, signatory | Person who signed
    place: place, city, issued at | Town in which it was given
    honours?: with honours, with distinction | Whether it was given with distinction
    teacher: teacher, instructor, trainer | Person who taught
    credits+: credits, ects, points | Points for the course
"""


@kind("people law", CERTIFICATE, titles=("certificate", "diploma"), weight=1.1)
def certificate(scene: Scene) -> Draft:
    """A certificate in solemn sentences."""
    facts: Facts = {
        "title": scene.pick(
            "Certificate of Attendance", "DIPLOMA", "Certificate of Completion", "Award of Merit"
        ),
        "person": scene.person(),
    }
    lines = [
        str(facts["title"]),
        scene.pick("This is to certify that", "Presented to", "We hereby confirm that"),
        str(facts["person"]),
    ]
    for key, frames, value in (
        ("birth", ("born on {}", "date of birth {}"), scene.day()),
        ("subject", ("has completed the course {}", "for {}", "took part in {}"), scene.word(words.SUBJECTS)),
        ("grade", ("with the grade {}", "Result: {}"), scene.pick("A", "1.3", "87%", "very good", "17/20")),
        ("hours", ("of {}", "lasting {}"), scene.pick("40 hours", "three days", "12 weeks")),
        ("credits", ("{} ECTS", "Credits: {}"), scene.count(1, 30)),
        ("issuer", ("issued by {}", "{}"), scene.pick(f"{scene.city()} Academy", scene.company())),
        ("number", ("No. {}", "Certificate no. {}"), scene.reference("####-##", "C######")),
        ("issued", ("Given on {}", "Date: {}"), scene.day()),
        ("expires", ("Valid until {}", "Expires {}"), scene.day()),
        ("place", ("{},", "Place: {}"), scene.city()),
        ("teacher", ("Instructor: {}", "taught by {}"), scene.person()),
        ("signed_by", ("signed {}", "Director: {}"), scene.person()),
    ):
        if scene.chance(0.42):
            facts[key] = value
            lines.append(scene.word(frames).format(value))
    if scene.chance(0.25):
        facts["honours"] = scene.chance(0.7)
        lines.append("with distinction" if facts["honours"] else "without distinction")
    return Draft(layout.centred(lines, 60) if scene.chance(0.5) else "\n".join(lines), facts)
