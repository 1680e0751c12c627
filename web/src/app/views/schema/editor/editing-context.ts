/** Hands what is done to fields to the views of the editor. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FieldEditing } from "../../../state/field-editing.js";

export const EditingContext = createContext<FieldEditing | null>(null);

export function useEditing(): FieldEditing {
  const editing = useContext(EditingContext);
  if (editing === null) throw new Error("A view of the editor was rendered outside of it.");
  return editing;
}
