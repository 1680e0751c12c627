"""Homes and posts that wait for somebody."""

from __future__ import annotations

from . import words
from .draft import Draft, Facts
from .offers import Part, told
from .people import enumeration
from .registry import kind
from .scene import Scene

HOME = """
    kind=flat/house/room/office: property type, type, kind of property | Kind of property
    offer=rent/sale: offer type, rent or sale, deal | Whether it is for rent or for sale
    address
    city
    district: district, neighbourhood, area name | Part of the town
    rent#: rent, monthly rent, rent per month | Rent for a month
    price#: price, purchase price, asking price | Price to buy it
    deposit: deposit, security deposit | Deposit
    fees#: service charge, additional costs, fees | Costs beside the rent
    rooms: rooms, number of rooms | Number of rooms, as written
    bedrooms: bedrooms, number of bedrooms, beds | Number of bedrooms, as written
    bathrooms: bathrooms, number of bathrooms, baths | Number of bathrooms, as written
    area: area, floor area, living space, size | Floor area with its unit
    floor: floor, storey | Floor on which it lies
    available: available from, move in date, free from | When one can move in
    pets?: pets allowed, pets | Whether pets may live there
    furnished?: furnished, is furnished | Whether there is furniture
    heating: heating, heating type | How it is heated
    built: year built, built in, construction year | Year in which it was built
    features[]: features, amenities, extras | What it has, for example a balcony
    agent: agent, estate agent, contact, landlord | Person or firm that offers it
    phone
    email
    viewing: viewing, viewing date, open house | When one can see it
    energy: energy class, energy rating, epc | Energy class
"""
HOMES = {
    "flat": ("Bright flat", "Apartment", "Studio flat"),
    "house": ("Family house", "Terraced house", "Cottage"),
    "room": ("Room in shared flat", "Sunny room"),
    "office": ("Office space", "Modern office"),
}
EXTRAS = (
    "balcony",
    "garden",
    "garage",
    "lift",
    "cellar",
    "fitted kitchen",
    "sea view",
    "parking space",
    "fireplace",
    "terrace",
    "storage room",
)


@kind("property people commerce", HOME, titles=("property", "property notice", "real estate"), weight=1.5)
def property_notice(scene: Scene) -> Draft:
    """A flat, house, room or office to let or to buy."""
    facts: Facts = {"kind": scene.pick(*HOMES), "offer": scene.pick("rent", "rent", "sale")}
    head = scene.word(HOMES[str(facts["kind"])]) + (
        scene.pick(" to let", " for rent")
        if facts["offer"] == "rent"
        else scene.pick(" for sale", ", must be sold")
    )
    address = scene.address(0)
    parts: list[Part] = [
        ("address", ("{}", "Address: {}"), address.one_line()),
        (
            "district",
            ("in the {} area", "district: {}"),
            f"{scene.pick('Old', 'North', 'East', 'Lower')} {scene.word(words.BRAND_STEMS)}",
        ),
        ("rooms", ("{} rooms", "{}-room", "Rooms: {}"), scene.pick("2", "3", "4.5", "two", "3,5")),
        ("bedrooms", ("{} bedrooms", "{} bed", "Bedrooms: {}"), scene.pick("1", "2", "3", "four", "5")),
        ("bathrooms", ("{} bathrooms", "{} bath", "Bathrooms: {}"), scene.pick("1", "2", "two", "1.5")),
        (
            "area",
            ("{}", "area {}", "{} of living space"),
            scene.pick("{} m2", "{} sqm", "{} sq ft", "{}sqft").format(scene.number(18, 2400)),
        ),
        ("floor", ("{} floor", "on the {} floor"), scene.pick("ground", "2nd", "third", "top", "1st")),
        (
            "available",
            ("available {}", "free from {}", "move in: {}"),
            scene.pick("now", "1 June", "immediately", "in spring", scene.day().text),
        ),
        (
            "heating",
            ("{} heating", "heating: {}"),
            scene.pick("gas", "district", "heat pump", "underfloor", "oil"),
        ),
        ("built", ("built in {}", "year of construction {}"), str(scene.number(1890, 2025))),
        ("agent", ("Contact: {}", "Agent: {}", "ask for {}"), scene.pick(scene.person(), scene.company())),
        ("phone", ("Tel {}", "call {}"), scene.phone()),
        ("email", ("{}", "E-mail {}"), scene.email()),
        (
            "viewing",
            ("Viewing {}", "open house {}"),
            scene.pick("Saturday 10-12", "by appointment", "next Sunday at 2 pm"),
        ),
        ("energy", ("energy class {}", "EPC {}"), scene.pick("A", "B", "C", "D", "A+")),
        *money_parts(scene, str(facts["offer"])),
    ]
    lines = told(scene, facts, parts, 0.35) + home_flags(scene, facts)
    if "address" in facts:
        facts["city"] = address.city
    return Draft(scene.pick("\n", ", ", ". ", " | ").join([head, *lines]), facts)


def money_parts(scene: Scene, offer: str) -> list[Part]:
    """Rent with what belongs to it, or a price."""
    if offer == "sale":
        return [("price", ("{}", "asking price {}"), scene.priced(scene.cents(60, 900) * 1000))]
    return [
        ("rent", ("{} per month", "rent {}", "{} pcm"), scene.priced(scene.cents(200, 3200))),
        ("fees", ("plus {} service charge", "extra costs {}"), scene.priced(scene.cents(30, 250))),
        (
            "deposit",
            ("deposit {}", "{} deposit"),
            scene.pick("two months' rent", "3 months", str(scene.priced(scene.cents(300, 3000)))),
        ),
    ]


def home_flags(scene: Scene, facts: Facts) -> list[str]:
    """Pets, furniture, extras."""
    lines = []
    if scene.chance(0.3):
        facts["pets"] = scene.chance(0.5)
        lines.append(
            scene.pick("pets welcome", "dogs are fine")
            if facts["pets"]
            else scene.pick("no pets", "sorry, no animals")
        )
    if scene.chance(0.3):
        facts["furnished"] = scene.chance(0.5)
        lines.append(
            scene.pick("fully furnished", "comes with furniture")
            if facts["furnished"]
            else scene.pick("unfurnished", "empty, bring your own furniture")
        )
    if scene.chance(0.4):
        found = scene.some(EXTRAS, 1, 4)
        facts["features"] = found
        lines.append("with " + enumeration(found))
    return lines


JOB = """
    job_title: job title, position, role, vacancy | Position that is offered
    company: company, employer, organisation | Company that is looking for somebody
    city: city, location, place of work | Town of the work
    salary#: salary, pay, minimum salary | Pay, the lower bound where there are two
    salary_max#: maximum salary, salary to, upper salary | Upper bound of the pay
    hours: hours, working hours, weekly hours | Hours of work
    contract=permanent/temporary/internship: contract type, type of contract, employment type | Kind of \
        contract
    full_time?: full time, is full time | Whether it is for the whole week
    remote?: remote, home office, work from home | Whether one can work from home
    start: start date, starting, begin | When the work begins
    apply_by@: apply by, application deadline, closing date, deadline | Last day to apply
    contact: contact, contact person, apply to | Person to write to
    email
    phone
    skills[]: requirements, skills, required skills | What one has to know
    languages[]: languages, required languages | Languages one has to speak
    benefits[]: benefits, perks, we offer | What the company gives beside the pay
    experience: experience, years of experience, experience needed | Experience that is needed
    reference: reference number, job id, ref | Number of the vacancy
    degree: degree, education, qualification | Degree that is needed
"""
CONTRACTS = {
    "permanent": ("permanent position", "unlimited contract"),
    "temporary": ("fixed term of one year", "maternity cover"),
    "internship": ("internship", "for students as an internship"),
}
BENEFITS = (
    "free coffee",
    "30 days of holiday",
    "company car",
    "pension scheme",
    "gym membership",
    "flexible hours",
    "job ticket",
    "childcare",
)


@kind("people", JOB, titles=("job ad", "vacancy", "job posting"), weight=1.5)
def job_ad(scene: Scene) -> Draft:
    """A vacancy."""
    facts: Facts = {"job_title": scene.job()}
    head = scene.pick("We are hiring: {}", "{} wanted", "{} (m/f/d)", "Vacancy: {}", "{}").format(
        facts["job_title"]
    )
    salary = scene.cents(22, 90) * 1000
    parts: list[Part] = [
        ("company", ("{} is looking for you", "Employer: {}", "Join {}"), scene.company()),
        ("city", ("in {}", "Location: {}", "Place of work: {}"), scene.city()),
        ("hours", ("{} per week", "{}"), scene.pick("40 hours", "20 h", "37.5 hours", "shift work")),
        (
            "start",
            ("Start: {}", "starting {}"),
            scene.pick("as soon as possible", "1 September", "January", "immediately"),
        ),
        ("apply_by", ("Apply by {}", "Closing date: {}", "Applications until {}"), scene.day()),
        ("contact", ("Contact {}", "Questions? Ask {}"), scene.person()),
        ("email", ("Send your CV to {}", "{}"), scene.email("", scene.host())),
        ("phone", ("Phone {}", "Call {}"), scene.phone()),
        (
            "experience",
            ("{} of experience", "at least {} in a similar post"),
            scene.pick("3 years", "two years", "5+ years"),
        ),
        ("reference", ("Ref. {}", "Job ID {}"), scene.reference("####", "??-###", "#####-?")),
        (
            "degree",
            ("{} needed", "You have a {}"),
            scene.pick("bachelor's degree", "master's degree", "vocational training"),
        ),
    ]
    lines = told(scene, facts, parts, 0.38) + job_extras(scene, facts)
    if scene.chance(0.4):
        first, second = scene.amount(salary), scene.amount(salary + 8000)
        facts |= {"salary": first, "salary_max": second}
        lines.append(
            scene.pick("Salary {a} - {b} {c}", "{c} {a} to {b} a year").format(
                a=first, b=second, c=scene.code
            )
        )
    return Draft(scene.pick("\n", "\n- ", ". ", "\n").join([head, *lines]), facts)


def job_extras(scene: Scene, facts: Facts) -> list[str]:
    """What is asked for, what is given, from home or not."""
    lines = []
    for key, frame, table in (
        ("skills", "You know {}", words.SKILLS),
        ("languages", "You speak {}", words.LANGUAGES),
        ("benefits", "We offer {}", BENEFITS),
    ):
        if scene.chance(0.35):
            found = scene.some(table, 1, 4)
            facts[key] = found
            lines.append(frame.format(enumeration(found)))
    if scene.chance(0.3):
        facts["remote"] = scene.chance(0.6)
        lines.append(
            scene.pick("work from anywhere", "home office possible") if facts["remote"] else "on site only"
        )
    if scene.chance(0.3):
        facts["contract"] = scene.pick(*CONTRACTS)
        lines.append(scene.word(CONTRACTS[str(facts["contract"])]))
    if "hours" not in facts and scene.chance(0.3):
        facts["full_time"] = scene.chance(0.5)
        lines.append("full-time" if facts["full_time"] else "part-time")
    return lines
