"""On the road: boarding passes, itineraries, papers and notices about vehicles."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Scene

TRIP = """
    passenger: passenger, passenger name, traveller, name | Name of the passenger
    booking: booking reference, pnr, record locator, confirmation number | Reference of the booking
    flight: flight number, flight, train number | Number of the flight or train
    airline: airline, carrier, operator | Company that runs the flight or train
    origin: origin, from, departure city, departure airport | Where the journey begins
    destination: destination, to, arrival city, arrival airport | Where the journey ends
    origin_code: origin code, departure airport code | Code of the airport of departure
    destination_code: destination code, arrival airport code | Code of the airport of arrival
    date@: departure date, date, travel date, date of travel | Day of the departure
    departs: departure time, departs, std, leaves at | Time of the departure
    arrives: arrival time, arrives, sta | Time of the arrival
    boarding: boarding time, boarding at, be at gate | Time at which boarding begins
    gate: gate, boarding gate, platform | Gate or platform
    seat: seat, seat number | Seat
    class: class, travel class, cabin | Class
    baggage: baggage, baggage allowance, luggage | Luggage that is allowed
    ticket_no: ticket number, e-ticket, eticket no | Number of the ticket
    return_date@: return date, date of return | Day of the way back
    terminal: terminal, departure terminal | Terminal
    price#: price, fare, total fare, amount | Price of the journey
    frequent_flyer: frequent flyer number, loyalty number | Number in the programme for regular customers
    stopover: stopover, via, layover | Place where the journey is broken
"""


def trip_values(scene: Scene) -> list[tuple[str, str, str | Written]]:
    """Field, label and value of a journey."""
    return [
        (
            "passenger",
            scene.pick("Passenger", "Name", "NAME OF PASSENGER"),
            scene.pick(scene.person(), "{1}/{0} MR".format(*scene.person_parts()).upper()),
        ),
        (
            "booking",
            scene.pick("PNR", "Booking ref", "Confirmation", "Record locator"),
            scene.reference("??#?#?", "??????", "?##??#"),
        ),
        (
            "flight",
            scene.pick("Flight", "Flight No", "Train"),
            scene.reference("?? ###", "??####", "ICE ###", "?#%##"),
        ),
        ("airline", scene.pick("Carrier", "Operated by", "Airline"), scene.word(words.AIRLINES)),
        ("date", scene.label("date"), scene.day()),
        ("departs", scene.pick("Departs", "Dep", "STD", "Departure"), scene.clock(5, 14)),
        ("arrives", scene.pick("Arrives", "Arr", "STA", "Arrival"), scene.clock(15, 23)),
        ("boarding", scene.pick("Boarding", "Boarding time", "Be at gate"), scene.clock(5, 14)),
        ("gate", scene.pick("Gate", "GATE", "Platform"), scene.reference("?##", "##", "?%")),
        ("seat", scene.pick("Seat", "SEAT"), scene.reference("##?", "%?", "#%?")),
        ("class", scene.pick("Class", "Cabin"), scene.pick("Economy", "Business", "Y", "2nd class", "First")),
        (
            "baggage",
            scene.pick("Baggage", "Luggage"),
            scene.pick("1 x 23 kg", "cabin bag only", "2PC", "20kg"),
        ),
        (
            "ticket_no",
            scene.pick("Ticket", "E-ticket", "ETKT"),
            scene.reference("### ##########", "#############"),
        ),
        ("terminal", scene.pick("Terminal", "TERM"), scene.pick("1", "2E", "T3", "B")),
        ("frequent_flyer", scene.pick("FF No", "Member"), scene.reference("??#########", "FF ######")),
    ]


@kind("travel", TRIP, titles=("boarding pass", "ticket", "travel document"), weight=1.5)
def boarding_pass(scene: Scene) -> Draft:
    """A boarding pass or a ticket of a train."""
    facts: Facts = {}
    route = route_line(scene, facts)
    rows = []
    for key, label, value in trip_values(scene):
        if scene.chance(0.5):
            facts[key] = value
            rows.append((label, str(value)))
    scene.rng.shuffle(rows)
    if scene.chance(0.25) and rows:
        body = layout.table(
            scene.rng, [label for label, _ in rows], [[value for _, value in rows]], "aligned"
        )
    else:
        body = layout.pairs(scene.rng, rows) if rows else ""
    return Draft(
        layout.stack(
            scene.pick("BOARDING PASS", "Boarding card", "E-TICKET", "Your ticket", ""), route, body
        ),
        facts,
    )


def route_line(scene: Scene, facts: Facts) -> str:
    """From and to, with or without codes."""
    first, second = scene.city(), scene.city()
    facts |= {"origin": first, "destination": second}
    if scene.chance(0.35):
        facts |= {"origin_code": scene.reference("???"), "destination_code": scene.reference("???")}
        first, second = f"{first} ({facts['origin_code']})", f"{second} ({facts['destination_code']})"
    return scene.pick(
        "{a} - {b}", "{a} to {b}", "FROM {a}\nTO {b}", "{a} > {b}", "From: {a}\nTo: {b}"
    ).format(a=first, b=second)


@kind("travel", TRIP, titles=("itinerary", "trip", "booking"), weight=1.2)
def itinerary(scene: Scene) -> Draft:
    """A mail that confirms a journey, in sentences."""
    facts: Facts = {}
    values = {key: value for key, _, value in trip_values(scene)}
    facts |= {
        "passenger": scene.person(),
        "origin": scene.city(),
        "destination": scene.city(),
        "date": scene.day(),
    }
    text = [scene.pick("Dear {},", "Hello {},", "Thank you, {}.").format(facts["passenger"])]
    text.append(
        scene.pick(
            "you travel from {o} to {d} on {t}.",
            "your trip to {d} starts in {o} on {t}.",
            "we have booked {o} to {d} for {t}.",
        ).format(o=facts["origin"], d=facts["destination"], t=facts["date"])
    )
    frames = {
        "booking": "Your reference is {}.",
        "flight": "It is number {}.",
        "airline": "You fly with {}.",
        "departs": "Departure is at {}.",
        "arrives": "You arrive at {}.",
        "seat": "Your seat: {}.",
        "class": "Class: {}.",
        "baggage": "Luggage: {}.",
        "gate": "Please go to gate {}.",
    }
    extra = []
    for key, frame in frames.items():
        if scene.chance(0.4):
            facts[key] = values[key]
            extra.append(frame.format(values[key]))
    for key, frame, value in (
        ("return_date", "You come back on {}.", scene.day()),
        ("price", "The fare is {}.", scene.priced(scene.cents(20, 1400))),
        ("stopover", "There is a stop in {}.", scene.city()),
    ):
        if scene.chance(0.3):
            facts[key] = value
            extra.append(frame.format(value))
    scene.rng.shuffle(extra)
    return Draft(layout.wrapped(" ".join([*text, *extra]), scene.pick(60, 90, 300)), facts)


VEHICLE = """
    plate: number plate, registration, licence plate, plate | Registration of the vehicle
    make: make and model, vehicle, car, model | Make and model of the vehicle
    colour: colour, color | Colour of the vehicle
    vin: vin, chassis number, vehicle identification number | Number of the chassis
    year: year, model year, first registration year | Year in which it was built
    mileage: mileage, odometer, kilometres | What the odometer shows, with its unit
    fuel=petrol/diesel/electric/hybrid: fuel, fuel type, engine type | What the engine burns
    owner: owner, keeper, registered keeper, driver | Person who owns or drives it
    offence: offence, violation, reason | What was done wrong
    place: place, location, street, where | Where it happened
    date@: date, offence date, inspection date, date of event | Day on which it happened
    time: time, time of offence | Time of day
    fine#: fine, penalty, amount, amount due | Money that has to be paid
    pay_by@: pay by, payment deadline, due date | Last day for the payment
    notice_no: notice number, case number, ticket number | Number of the notice
    officer: officer, issued by, inspector | Person who wrote it
    passed?: passed, inspection passed, result ok | Whether the vehicle passed the inspection
    defects[]: defects, faults, problems found | Defects that were found
    next_inspection: next inspection, valid until, next test due | When the next inspection is due
    price#: price, asking price | Price of the vehicle
"""
FUELS = {
    "petrol": ("unleaded", "petrol", "gasoline"),
    "diesel": ("diesel", "TDI"),
    "electric": ("battery electric", "EV, 60 kWh"),
    "hybrid": ("hybrid", "plug-in hybrid"),
}
OFFENCES = (
    "parking on a yellow line",
    "speeding 63 in a 50 zone",
    "expired meter",
    "no valid ticket",
    "parking in a bus lane",
    "red light",
)
DEFECTS = (
    "worn brake pads",
    "left headlight out",
    "tyre tread too low",
    "oil leak",
    "cracked windscreen",
    "loose exhaust",
    "horn not working",
)


@kind(
    "vehicles commerce people law",
    VEHICLE,
    titles=("vehicle notice", "penalty notice", "inspection"),
    weight=1.3,
)
def vehicle_notice(scene: Scene) -> Draft:
    """A fine or the result of an inspection."""
    facts: Facts = {}
    fined = scene.chance(0.5)
    rows = []
    for key, label, value in [*vehicle_values(scene), *(fine_values(scene) if fined else [])]:
        if scene.chance(0.5):
            facts[key] = value
            rows.append((label, str(value)))
    if scene.chance(0.3):
        facts["fuel"] = scene.pick(*FUELS)
        rows.append(("Fuel", scene.word(FUELS[str(facts["fuel"])])))
    end = "" if fined else inspection_end(scene, facts)
    head = (
        scene.pick("PENALTY CHARGE NOTICE", "Parking ticket", "Notice of fine")
        if fined
        else scene.pick("Vehicle inspection report", "MOT test", "Technical inspection")
    )
    return Draft(layout.stack(head, layout.pairs(scene.rng, rows) if rows else "", end, gap="\n\n"), facts)


def vehicle_values(scene: Scene) -> list[tuple[str, str, str | Written]]:
    """Field, label and value of the vehicle."""
    return [
        (
            "plate",
            scene.pick("Registration", "Plate", "Vehicle reg."),
            scene.reference("??## ???", "?-?? ###", "###-???", "??-###-??"),
        ),
        ("make", scene.pick("Vehicle", "Make/Model", "Car"), scene.word(words.CARS)),
        ("colour", scene.pick("Colour", "Color"), scene.word(words.COLOURS)),
        ("vin", scene.pick("VIN", "Chassis No"), scene.reference("W??ZZZ??Z##??####", "?F?##?????#######")),
        ("year", scene.pick("Year", "Model year"), str(scene.number(1998, 2026))),
        (
            "mileage",
            scene.pick("Mileage", "Odometer"),
            scene.pick("{} km", "{} miles", "{}km").format(scene.number(800, 280000)),
        ),
        ("owner", scene.pick("Keeper", "Owner", "Driver"), scene.person()),
        ("date", scene.label("date"), scene.day()),
        ("time", "Time", scene.clock()),
        (
            "officer",
            scene.pick("Officer", "Inspector", "Issued by"),
            scene.pick(scene.person(), scene.reference("Badge ####")),
        ),
    ]


def fine_values(scene: Scene) -> list[tuple[str, str, str | Written]]:
    """Field, label and value of a fine."""
    return [
        (
            "notice_no",
            scene.pick("Notice No", "Ticket", "Case"),
            scene.reference("PCN ########", "??########", "#######/##"),
        ),
        ("offence", scene.pick("Offence", "Reason", "Violation"), scene.word(OFFENCES)),
        ("place", scene.pick("Place", "Location", "Street"), str(scene.fake.street_name())),
        ("fine", scene.pick("Fine", "Penalty", "Amount due"), scene.priced(scene.cents(10, 400))),
        ("pay_by", scene.pick("Pay by", "Payment until"), scene.day()),
    ]


def inspection_end(scene: Scene, facts: Facts) -> str:
    """Result, defects, when the next inspection is due."""
    facts["passed"] = scene.chance(0.6)
    lines = [
        scene.pick("Result: PASS", "No dangerous defects, certificate issued.")
        if facts["passed"]
        else scene.pick("Result: FAIL", "Certificate refused.")
    ]
    if not facts["passed"] or scene.chance(0.3):
        found = scene.some(DEFECTS, 1, 3)
        facts["defects"] = found
        lines.append(scene.pick("Defects: ", "Found: ", "To mend: ") + "; ".join(found))
    if scene.chance(0.4):
        facts["next_inspection"] = scene.pick(
            scene.day().text, f"{scene.number(1, 12):02d}/{scene.number(2025, 2029)}"
        )
        lines.append(f"Next inspection: {facts['next_inspection']}")
    return "\n".join(lines)
