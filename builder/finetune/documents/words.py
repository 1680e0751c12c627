"""Tables of words that the name library has not: trades, goods, dishes, jobs, tasks and the like."""

from __future__ import annotations

from collections.abc import Mapping


def table(text: str) -> tuple[str, ...]:
    """The entries of a table that is written with commas and line breaks."""
    return tuple(entry.strip() for entry in text.replace("\n", ",").split(",") if entry.strip())


BRAND_STEMS = table("""
Aurora, Birch, Bluebird, Brightside, Cedar, Cobalt, Copper, Corner, Crown, Delta, Eastgate, Ember,
Evergreen, Falcon,
Fern, Fjord, Golden, Granite, Green Leaf, Harbour, Harvest, Hilltop, Horizon, Indigo, Iron, Juniper,
Kestrel, Lakeside,
Lantern, Lotus, Lumen, Magnolia, Maple, Meridian, Metro, Mill, Moonlight, Nimbus, Northwind, Oak, Ocean,
Old Town,
Olive, Onyx, Orchid, Pacific, Panda, Pearl, Pine, Pioneer, Polar, Prime, Quantum, Quick, Rainbow, Red Lion,
Ridge,
River, Royal, Saffron, Sapphire, Silver, Solstice, Sparrow, Spring, Star, Sterling, Summit, Sun, Swift,
Terra, Tidal,
Trident, Tulip, Union, Urban, Velvet, Vertex, Vista, Walnut, Westbrook, Willow, Zenith, Zephyr
""")
TRADES = table("""
Logistics, Software, Foods, Textiles, Consulting, Engineering, Media, Pharma, Energy, Systems, Trading,
Construction,
Motors, Plastics, Analytics, Robotics, Furniture, Printing, Security, Partners, Holdings, Electronics,
Marine, Optics,
Packaging, Solutions, Instruments, Chemicals, Insurance, Properties, Design, Travel, Labs, Supplies, Aviation
""")
LEGAL_FORMS: Mapping[str, tuple[str, ...]] = {
    "en": ("Ltd", "Ltd.", "Inc.", "Inc", "LLC", "plc", "Pty Ltd", "Limited", "Corp.", "Co.", "Sdn Bhd", ""),
    "de": ("GmbH", "AG", "GmbH & Co. KG", "e.K.", "UG"),
    "fr": ("SARL", "SAS", "S.A.", "EURL"),
    "es": ("S.L.", "S.A.", "S.A. de C.V."),
    "it": ("S.r.l.", "S.p.A.", "snc"),
    "nl": ("B.V.", "N.V.", "VOF"),
    "pt": ("Ltda.", "S.A.", "Lda."),
    "pl": ("Sp. z o.o.", "S.A."),
    "sv": ("AB",),
    "da": ("ApS", "A/S"),
    "fi": ("Oy", "Oyj"),
    "cs": ("s.r.o.", "a.s."),
}
SHOPS = table("""
Hardware, Bakery, Caf\u00e9, Pharmacy, Books, Supermarket, Mini Mart, Stationery, Restaurant, Bistro,
Florist, Optician,
Garage, Cycles, Pet Shop, Fashion, Electronics, Grill, Pizzeria, Sushi Bar, Deli, Garden Centre, Toys,
Music Store,
Market, Grocers, Butchers, Coffee Roasters, Salon, Kitchen, Noodle House, Hotel, Dental Practice,
Veterinary Clinic,
Laundry, Petrol Station, Outdoor, Sports, Tea House, Trading, Paint & Tools, Fish Bar
""")
DOMAINS = table(
    "com, net, org, io, co.uk, de, fr, es, it, nl, com.br, pl, se, in, com.au, ca, example, eu, co, "
    "info, biz, edu"
)
MAILBOXES = table(
    "info, office, contact, sales, support, hello, admin, billing, team, service, jobs, orders, mail"
)
JOBS = table("""
Sales Manager, Software Engineer, Senior Accountant, Head of Marketing, Project Coordinator, Nurse,
Data Analyst,
Managing Director, Electrician, Teacher, Customer Success Manager, Warehouse Supervisor, Chef,
Purchasing Agent,
Office Manager, Chief Financial Officer, CEO, CTO, Product Owner, Research Assistant, Graphic Designer,
Plumber,
Legal Counsel, HR Business Partner, Field Technician, Backend Developer, Account Executive, Quality Inspector,
Key Account Manager, Executive Assistant, Civil Engineer, Pharmacist, Site Manager, Translator, Journalist,
Architect,
Operations Lead, Logistics Planner, Financial Controller, UX Researcher, Machinist, Dental Hygienist,
Store Manager
""")
CITIES: Mapping[str, tuple[str, ...]] = {
    "en_US": table(
        """Chicago, Austin, Portland, Denver, Boise, Tampa, Buffalo, Omaha, Tucson, Seattle,
        New York, San Diego, Boston,
        Nashville, Cleveland, Salt Lake City, Albuquerque, Fresno, Baltimore, Des Moines, Santa Fe,
        St. Louis"""
    ),
    "en_GB": table(
        "London, Leeds, Bristol, Glasgow, Cardiff, York, Norwich, Hull, Milton Keynes, "
        "Stoke-on-Trent, Bath, Aberdeen, Derby"
    ),
    "en_IN": table(
        "Mumbai, Pune, Chennai, Kolkata, Jaipur, Kochi, Bengaluru, New Delhi, Hyderabad, Lucknow, Indore"
    ),
    "en_AU": table("Sydney, Perth, Hobart, Geelong, Cairns, Adelaide, Darwin, Alice Springs, Wagga Wagga"),
    "en_CA": table("Toronto, Halifax, Calgary, Victoria, Regina, Ottawa, Thunder Bay, Winnipeg"),
    "en_IE": table("Dublin, Cork, Galway, Sligo, Kilkenny, Waterford"),
    "en_NZ": table("Auckland, Nelson, Dunedin, Napier, Rotorua, Wellington"),
    "de": table(
        "Berlin, Hamburg, Kassel, Freiburg, Leipzig, Halle, Mainz, Frankfurt am Main, Z\u00fcrich, Bern, Ulm"
    ),
    "fr": table("Paris, Lyon, Nantes, Toulouse, Rennes, Dijon, Aix-en-Provence, Lille, Le Havre, Nice"),
    "es": table(
        "Madrid, Sevilla, Bilbao, Granada, Zaragoza, Puebla, Guadalajara, Las Palmas, San Sebasti\u00e1n"
    ),
    "it": table(
        "Roma, Milano, Torino, Bari, Verona, Reggio Emilia, Palermo, Trieste, La Spezia, "
        "Napoli, Bologna, Genova, Firenze, Catania, Cagliari, Ancona, Pescara, Bergamo, Modena, "
        "Lecce, Siena, L'Aquila, "
        "Ferrara, Novara, Udine, Ravenna, Viterbo, San Giovanni Rotondo, "
        "Civitavecchia, Pisa, Trento, Cuneo, Matera"
    ),
    "nl": table("Utrecht, Delft, Groningen, Den Haag, Eindhoven, Breda, Zwolle"),
    "pt": table("S\u00e3o Paulo, Recife, Curitiba, Lisboa, Porto, Belo Horizonte, Braga"),
    "pl": table("Warszawa, Krak\u00f3w, Gda\u0144sk, Pozna\u0144, \u0141\u00f3d\u017a"),
    "sv": table("Stockholm, Malm\u00f6, Uppsala, Ume\u00e5"),
}
GOODS = table("""
A4 copy paper 500 sheets, Whole milk 1L, LED bulb 9W E27, Notebook ruled, Cordless drill 18V,
AA batteries 4pk, Basmati rice 5kg,
USB-C cable 2m, Dish soap, Ballpoint pens blue, Olive oil extra virgin, Hex bolts M8x40, Paint roller 9in,
Desk lamp,
Office chair ergonomic, Bananas, Shampoo 400ml, Masking tape, Printer toner black, Coffee beans 1kg,
Toothbrush soft,
Garden hose 20m, Cat food salmon, Wireless mouse, Eggs free range 12, Tomatoes on vine, Rye bread,
Ceramic mug white,
HDMI adapter, Steel shelf 180x90, Cleaning cloths, Wall paint matt 10L, Extension lead 5m,
T-shirt cotton M, Umbrella,
Monitor 27in, Safety gloves L, Screws 4x50 200pc, Protein bar, Orange juice, Paracetamol 500mg,
Greek yoghurt, Cheddar mild,
Chicken thighs, Sparkling water 6x1.5L, Dark chocolate 70%, Bath towel, Bicycle pump, Inner tube 28in,
Picture frame A3,
Envelope C5 100pk, Keyboard DE layout, Router WiFi 6, Hand cream, Potting soil 40L, Candle vanilla,
Stapler, Webcam HD,
Laptop sleeve 14in, Water filter cartridge, Hiking socks, Yoga mat, Baby wipes, Smoked salmon, Apple pie,
Sandpaper P120
""")
DISHES = table("""
Margherita pizza, Chicken curry, Nasi lemak, Caesar salad, Fish and chips, Tom yum soup, Beef burger,
Iced latte,
Green tea, Fried rice, Pad thai, Tiramisu, Mushroom risotto, Club sandwich, Lamb kebab, Flat white,
Sparkling water,
House red 175ml, Spaghetti carbonara, Roti canai, Dumplings, Onion rings, Lemonade, Apple strudel,
Espresso, Miso soup,
Grilled salmon, Pancakes, Lentil soup, Falafel wrap, Cheesecake, Draught beer 0.5, Garlic bread,
Vegetable samosa
""")
SERVICES = table("""
Website maintenance, Consulting hours, Annual licence, Translation of manual, Installation on site,
Boiler service,
Logo design, Bookkeeping May, Server hosting, Data migration, Window cleaning, Roof repair, Training day,
Photography,
Legal advice, Security audit, Express freight, Garden work, Printing of flyers, Car repair labour,
Software support,
Proofreading, Catering for 20, Equipment rental, Hosting upgrade, Travel expenses, SEO package,
Electrical inspection
""")
TOPICS = table("""
Budget review, Sprint planning, Website relaunch, Safety inspection, Hiring plan, Quarterly results,
Summer fair,
Data protection, Warehouse move, Product roadmap, Parking situation, Supplier contract, Onboarding,
Annual report,
Customer survey, Energy saving, IT migration, Marketing campaign, Christmas party, Roof renovation,
Price increase,
Quality audit, Travel policy, New logo, Training needs, Fire drill, Grant application, Office layout,
Holiday cover
""")
TASKS = table("""
send the revised budget, book the meeting room, update the price list, call the landlord,
draft the press release,
check the backup, order new chairs, prepare the slides, collect three quotes, inform the staff council,
fix the login page, review the contract, publish the minutes, test the fire alarm, renew the insurance,
invite the auditors, clean up the shared drive, write the job advert, arrange a site visit,
return the signed form,
translate the leaflet, compare two suppliers, file the tax return, set up the projector,
contact the printing house
""")
ROOMS = table("""
Room 204, Conference Room B, the main hall, Meeting room 3, Room Turing, the library, Building 7, the canteen,
Boardroom, Auditorium, Lecture Hall 2, the community centre, Studio 1, Room 1.15, the town hall, Lab 12,
the gym
""")
SKILLS = table("""
Python, SQL, Excel, project management, Java, AutoCAD, welding, public speaking, SAP, Photoshop,
negotiation, Kubernetes,
bookkeeping, TypeScript, patient care, forklift licence, first aid, Tableau, Figma, copywriting, C++,
machine learning,
customer service, Linux, React, budgeting, teaching, PowerPoint, accounting, Scrum, Salesforce, data entry,
HTML, Docker
""")
LANGUAGES = table("""
English, German, French, Spanish, Italian, Dutch, Polish, Hindi, Portuguese, Mandarin, Arabic, Japanese,
Swedish,
Turkish, Russian, Tamil, Greek, Czech, Korean, Ukrainian
""")
DEGREES = {
    "bachelor": ("BSc in {}", "Bachelor of Arts, {}", "B.A. {}", "Bachelor's degree in {}", "BEng {}"),
    "master": ("MSc in {}", "Master of Science in {}", "M.A. {}", "MBA, {}", "Master's degree in {}"),
    "doctorate": ("PhD in {}", "Ph.D., {}", "Doctorate in {}", "DPhil {}"),
}
SUBJECTS = table("""
Computer Science, Economics, Mechanical Engineering, History, Biology, Business Administration, Physics,
Nursing, Law,
Mathematics, Psychology, Architecture, Chemistry, Linguistics, Civil Engineering, Marketing, Philosophy,
Geography,
Environmental Science, Statistics, Political Science, Medicine, Graphic Design, Electrical Engineering
""")
HOBBIES = table("""
hiking, chess, photography, gardening, cycling, choir singing, baking, sailing, painting, running, reading,
climbing,
board games, birdwatching, pottery, woodworking, travelling, tennis, knitting, swimming
""")
SYMPTOMS = table("""
headache, sore throat, back pain, fever, dizziness, cough, rash, nausea, knee pain, fatigue,
shortness of breath,
chest tightness, earache, blurred vision, insomnia, abdominal pain
""")
MEDICINES = table("""
Amoxicillin, Ibuprofen, Metformin, Ramipril, Atorvastatin, Omeprazole, Salbutamol, Levothyroxine, Amlodipine,
Paracetamol, Cetirizine, Prednisolone, Bisoprolol, Sertraline, Doxycycline, Naproxen, Lisinopril, Simvastatin
""")
INGREDIENTS = table("""
flour, sugar, butter, eggs, milk, onions, garlic, olive oil, chickpeas, tomatoes, rice, chicken breast,
carrots,
basil, cream, lemon juice, baking powder, potatoes, coconut milk, red lentils, mushrooms, parmesan,
spinach, honey,
cinnamon, almonds, oats, soy sauce, ginger, black beans, yoghurt, bread crumbs, celery, thyme, dark chocolate
""")
EVENTS = table("""
Summer Concert, Book Fair, Charity Run, Wine Tasting, Open Day, Jazz Night, Science Slam, Flea Market,
Poetry Reading,
Annual General Meeting, Yoga Workshop, Wedding, Birthday Party, Product Launch, Career Fair, Film Festival,
Quiz Night,
Photography Exhibition, Food Market, Hackathon, Alumni Dinner, Charity Gala, Pottery Course,
Harvest Festival, Webinar
""")
TEAMS = table("""
United, Rovers, City, Athletic, Wanderers, Tigers, Hawks, Bears, Dynamo, Olympic, Rangers, Lions, Sharks,
Bulls, Eagles
""")
GENRES = table(
    "jazz, rock, hip hop, classical, techno, country, reggae, blues, pop, folk, metal, soul, indie, ambient"
)
CUISINES = table(
    "Italian, Thai, Indian, Mexican, Japanese, Greek, Lebanese, French, Korean, Vietnamese, vegan, "
    "Spanish, Ethiopian"
)
SONG_PARTS = (
    table(
        "Midnight, Paper, Golden, Broken, Electric, Summer, Silent, Lonely, Neon, Crystal, Wild, "
        "Second, Burning, Blue, Falling"
    ),
    table(
        "Rain, Hearts, Highway, River, Dreams, Letters, Fire, Garden, Shadows, Train, Skies, Roses, "
        "Mirrors, Waltz, Moon"
    ),
)
JOURNALS = table("""
Journal of Applied Ecology, Annals of Statistics, Cognitive Science, Computational Linguistics, Urban Studies,
Physical Review Letters, The Lancet, European Journal of Operational Research, Soil Science,
Nature Communications,
Journal of Economic History, Acta Materialia, Marine Policy, Language Learning, IEEE Transactions on Robotics,
Philosophical Review, Journal of Nursing Education, Water Research, Modern Asian Studies, Economic Geography
""")
PUBLISHERS = table("""
Cambridge University Press, Springer, Elsevier, Oxford University Press, MIT Press, Routledge, Wiley,
Academic Press,
Penguin, Harvard University Press, De Gruyter, Suhrkamp, Gallimard, SAGE, Brill, Kluwer, North-Holland,
Morgan Kaufmann
""")
SCHOLAR_NOUNS = table("""
river ecosystems, word order, market entry, neural networks, medieval trade, soil erosion, child care,
urban transport,
protein folding, tax reform, climate models, second language learning, coastal fisheries, graph theory,
voter turnout,
steel alloys, music perception, patient safety, labour migration, wind turbines, early modern printing, sleep
""")
SCHOLAR_FRAMES = (
    "The role of {a} in {b}", "{a}: a review", "On {a} and {b}", "Towards a theory of {a}",
    "{a} and {b} in the twentieth century",
    "An introduction to {a}", "Measuring {a} with limited data", "Evidence on {a} from {b}",
    "A new approach to {a}",
    "Understanding {a}", "Does {a} matter? The case of {b}", "Handbook of {a}", "{a}",
)  # fmt: skip
COLOURS = table("black, white, silver, navy, red, green, grey, beige, yellow, brown, light blue, burgundy")
MATERIALS = table(
    "oak, steel, cotton, leather, bamboo, aluminium, glass, wool, linen, recycled plastic, walnut, ceramic"
)
CARS = table("""
Ford Focus, Toyota Corolla, Volkswagen Golf, Honda Civic, Renault Clio, BMW 320d, Skoda Octavia,
Fiat Panda, Kia Ceed,
Opel Corsa, Audi A4, Mazda 3, Tesla Model 3, Peugeot 208, Nissan Leaf, Volvo V60, Hyundai i20, Dacia Duster
""")
AIRLINES = table(
    "Northern Air, SkyLink, Aer Costa, Pacifica, Blue Wing, Transalpina, Air Meridian, Baltic Jet, "
    "Sunway Airlines"
)
CARRIERS = table("DHL, UPS, FedEx, GLS, DPD, Royal Mail, Hermes, PostNL, TNT, Correos, Swift Parcel, USPS")
WEATHER = table(
    "sunny, cloudy, light rain, thunderstorms, snow showers, fog, partly cloudy, strong winds, clear, drizzle"
)
BANKS = table(
    "First National Bank, Sparkasse, Barclays, HSBC, ING, Santander, Credit Union West, Rabobank, "
    "UniCredit, Nordea"
)
