"""Fields of other worlds: asked for beside a document's own, always absent.

Each belongs to a topic, and none is asked for in a document of that topic.
"""

from __future__ import annotations

from functools import cache
from random import Random

from .fields import Field, parse_fields

TABLES = {
    "medicine": """
        blood_group: blood group, blood type | Blood group of the patient
        allergies[]: allergies, known allergies | Things the patient is allergic to
        dose: dose, dosage | How much of the medicine is taken
        diagnosis: diagnosis, condition | Disease that was found
        surgeon: surgeon, operating doctor | Doctor who operated""",
    "travel": """
        seat: seat, seat number | Seat of the passenger
        gate: gate, boarding gate | Gate of the departure
        visa_number: visa number, visa | Number of the visa
        vessel: vessel, ship name | Name of the ship""",
    "science": """
        isbn: isbn, isbn number | ISBN of the book
        doi: doi, digital object identifier | DOI of the article
        species[]: species, species named | Living species that are named
        telescope: telescope, instrument | Telescope with which it was observed
        melting_point: melting point | Melting point of the substance""",
    "vehicles": """
        number_plate: number plate, licence plate, registration | Registration of the vehicle
        mileage+: mileage, odometer | Kilometres or miles that the vehicle has run
        chassis_number: chassis number, vin | Number of the chassis
        fuel=petrol/diesel/electric: fuel, fuel type | What the engine burns""",
    "sports": """
        referee: referee, umpire | Who refereed the match
        goal_scorers[]: goal scorers, scorers | Players who scored
        stadium: stadium, arena | Where the match was played
        lap_time: lap time, fastest lap | Time of the fastest lap""",
    "music": """
        album: album, record title | Title of the album
        composer: composer, written by | Who wrote the music
        instruments[]: instruments, musical instruments | Instruments that are played
        record_label: record label | Company that published the record""",
    "property": """
        bedrooms+: bedrooms, number of bedrooms | How many bedrooms there are
        plot_size: plot size, land area | Size of the land
        pets_allowed?: pets allowed, pets | Whether pets may live there
        heating: heating, heating type | How it is heated""",
    "cooking": """
        oven_temperature: oven temperature, bake at | How hot the oven has to be
        cooking_time: cooking time | How long it has to cook
        allergens[]: allergens | Allergens in the food""",
    "technical": """
        ip_address: ip address, ip, source ip | Address of the machine on the network
        error_code: error code, code of error | Code of the error
        firmware: firmware, firmware version | Version of the firmware
        operating_system: operating system, os | Operating system of the machine
        programming_language: programming language | Language the program is written in""",
    "law": """
        judge: judge, presiding judge | Judge who decided
        governing_law: governing law, applicable law | Law that applies
        case_number: case number, docket | Number of the case at the court
        notary: notary, notary public | Notary who witnessed it""",
    "people": """
        maiden_name: maiden name, name at birth | Name before marriage
        height_cm+: height, body height | Height of the person in centimetres
        eye_colour: eye colour, colour of eyes | Colour of the eyes
        religion: religion, denomination | Religion of the person
        children[]: children, names of children | Names of the children
        hobbies[]: hobbies, interests | What the person likes to do""",
    "nature": """
        elevation: elevation, altitude | Height above the sea
        river: river, stream | River that is named
        earthquake_magnitude#: magnitude, earthquake magnitude | Strength of the earthquake
        soil_type: soil type, kind of soil | Kind of soil""",
}


@cache
def tables() -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The strange fields by topic."""
    return tuple((topic, parse_fields(text)) for topic, text in TABLES.items())


def strange_fields(rng: Random, topic: str, count: int) -> list[Field]:
    """Some fields that belong to none of the given topics (several are joined by blanks)."""
    topics = topic.split()
    possible = [field for name, fields in tables() if name not in topics for field in fields]
    return rng.sample(possible, max(1, count))
