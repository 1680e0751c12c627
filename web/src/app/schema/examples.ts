/** One made-up document for each preset, so that the app can be tried before a document is at hand. */

export const EXAMPLES: Readonly<Record<string, string>> = {
  receipt: `HARBOUR STREET GROCERS
14 Harbour Street, Bristol BS1 4RN

12 March 2026   17:42   Till 3

Rye bread            3.20
Olive oil 500 ml     7.85
Tomatoes             2.40

Subtotal            13.45
VAT                  1.12
TOTAL           GBP 14.57

Paid by card ending 0042
Thank you. Goods can be returned within 14 days.
`,
  invoice: `Northwind Print Ltd
Unit 5, Mill Lane, Leeds LS1 6AB

INVOICE NW-2026-0187
Date: 3 February 2026          Payment due: 5 March 2026

Bill to: Calder Bookshop, 22 Bridge Road, Hebden Bridge

500 bookmarks, two colours        180.00
40 posters A2                     220.00
Delivery                           15.00

VAT 20 %                           83.00
Total to pay                  GBP 498.00

IBAN GB33 BUKB 2020 1555 5555 55
`,
  contact: `Many thanks, and see you on Thursday.

Dr Amara Lindqvist
Head of Conservation, Museum of Coastal Life
Strandvägen 18, 114 56 Stockholm
+46 8 555 01 42 · amara.lindqvist@coastallife.example
www.coastallife.example
`,
  resume: `JONAS WEBER
Hamburg, Germany · jonas.weber@mail.example · +49 40 555 0173

Data engineer with 9 years of experience in logistics and public transport.

2021 to today   Senior Data Engineer, Hanse Lines
2017 to 2021    Data Engineer, Kontor Analytics

MSc Computer Science, Technical University of Hamburg, 2016

Skills: Python, PostgreSQL, Airflow, Kafka
Languages: German, English, Danish
`,
  meeting: `Subject: Budget review for the spring exhibition

Dear all,

let us meet on Tuesday 14 April 2026 at 10:30 in room 204 to go through the budget.
Invited: Priya Nair, Tom Okafor, Helena Brandt.

Tom will send the cost estimate before the meeting. Helena will book the insurance.

Kind regards,
Miriam Castellanos
`,
};
