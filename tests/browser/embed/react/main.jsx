/** A page of a React site: the component of the example, which is let go and comes again. */
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { SiteSearch } from "./SiteSearch.jsx";

function Page() {
  const [section, choose] = useState("");
  const [there, show] = useState(true);
  const [opened, tell] = useState("");
  const open = (event) => {
    event.preventDefault();
    tell(event.detail.id);
  };
  return (
    <main>
      <button onClick={() => choose("ثقافة")}>culture</button>
      <button onClick={() => show(!there)}>toggle</button>
      <output>{opened}</output>
      {there && <SiteSearch section={section || undefined} onSelect={open} />}
    </main>
  );
}

createRoot(document.querySelector("#app")).render(<StrictMode><Page /></StrictMode>);
