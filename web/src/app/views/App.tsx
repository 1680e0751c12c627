/** The page: header, model, and then the document beside what is looked for and found in it. */

import type { JSX } from "preact";
import { DocumentPane } from "./DocumentPane.js";
import { DropTarget } from "./DropTarget.js";
import { Header } from "./Header.js";
import { ModelPanel } from "./ModelPanel.js";
import { ModelUpdate } from "./ModelUpdate.js";
import { Results } from "./Results.js";
import { RunBar } from "./RunBar.js";
import { SchemaPane } from "./SchemaPane.js";
import { UpdateBar } from "./UpdateBar.js";

export function App(): JSX.Element {
  return (
    <div class="page">
      <UpdateBar />
      <Header />
      <ModelPanel />
      <ModelUpdate />
      <main class="work">
        <DocumentPane />
        <div class="side">
          <SchemaPane />
          <RunBar />
          <Results />
        </div>
      </main>
      <DropTarget />
    </div>
  );
}
