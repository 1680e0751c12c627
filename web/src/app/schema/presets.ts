/** Schemas to begin with. Every field may be null: what a document does not say is not made up. */

import type { FieldType, Row } from "./rows.js";

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly Row[];
}

function field(name: string, type: FieldType, description: string, options: readonly string[] = []): Row {
  return { name, type, description, optional: true, options };
}

export const PRESETS: readonly Preset[] = [
  {
    id: "receipt",
    label: "Receipt",
    rows: [
      field("company", "text", "Name of the shop or company that issued the receipt"),
      field("address", "text", "Full postal address of the shop"),
      field("date", "date", "Date of the purchase"),
      field("items", "list", "Names of the things bought"),
      field("tax", "number", "Amount of tax"),
      field("total", "number", "Total amount paid, tax included"),
      field("currency", "text", "Currency sign or code, as printed"),
      field("payment_method", "choice", "How it was paid", ["cash", "card", "other"]),
    ],
  },
  {
    id: "invoice",
    label: "Invoice",
    rows: [
      field("invoice_number", "text", "Number of the invoice"),
      field("seller", "text", "Name of the company that sends the invoice"),
      field("customer", "text", "Name of the person or company that is billed"),
      field("invoice_date", "date", "Date of the invoice"),
      field("due_date", "date", "Date by which it must be paid"),
      field("tax", "number", "Amount of tax"),
      field("total", "number", "Total amount to pay, tax included"),
      field("currency", "text", "Currency sign or code, as printed"),
      field("iban", "text", "Bank account number to pay to"),
    ],
  },
  {
    id: "contact",
    label: "Contact or signature",
    rows: [
      field("name", "text", "Full name of the person"),
      field("job_title", "text", "Position held by the person"),
      field("company", "text", "Name of the company or organisation"),
      field("email", "text", "E-mail address"),
      field("phone", "text", "Telephone number"),
      field("address", "text", "Postal address"),
      field("website", "text", "Address of the website"),
    ],
  },
  {
    id: "resume",
    label: "Résumé",
    rows: [
      field("name", "text", "Full name of the applicant"),
      field("email", "text", "E-mail address"),
      field("phone", "text", "Telephone number"),
      field("location", "text", "Town or region where the applicant lives"),
      field("job_title", "text", "Present or latest position"),
      field("employers", "list", "Names of the employers"),
      field("years_of_experience", "integer", "Years of professional experience, as stated"),
      field("degree", "choice", "Highest degree", ["bachelor", "master", "doctorate", "other"]),
      field("skills", "list", "Skills, tools and methods"),
      field("languages", "list", "Languages spoken"),
    ],
  },
  {
    id: "meeting",
    label: "Meeting",
    rows: [
      field("title", "text", "Subject of the meeting"),
      field("date", "date", "Day of the meeting"),
      field("start_time", "text", "Time at which it starts, as written"),
      field("location", "text", "Room, address or link"),
      field("online", "boolean", "Whether it takes place online"),
      field("organizer", "text", "Person who calls the meeting"),
      field("attendees", "list", "People who are invited or took part"),
      field("actions", "list", "Things to be done, as agreed"),
    ],
  },
];
