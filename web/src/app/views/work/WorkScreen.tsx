/** The work: the document beside what is looked for and found in it. */

import type { JSX } from "preact";
import { DocumentPane } from "../DocumentPane.js";
import { ModelPanel } from "../ModelPanel.js";
import { ModelUpdate } from "../ModelUpdate.js";
import { ReviewPane } from "../review/ReviewPane.js";
import { RunBar } from "../RunBar.js";
import { SchemaPane } from "../schema/SchemaPane.js";

export function WorkScreen(): JSX.Element {
  return (
    <>
      <ModelPanel />
      <ModelUpdate />
      <div class="work">
        <DocumentPane />
        <div class="side">
          <SchemaPane />
          <RunBar />
          <ReviewPane />
        </div>
      </div>
    </>
  );
}
