// One description is here; behind an edge that joins several services, theirs stand below it.
const services = ["", "/stats-service", "/notification-service"];

async function found() {
  const answers = await Promise.all(
    services.map((service) => fetch(`/api/openapi${service}`, { method: "HEAD" })),
  );
  return answers.filter((answer) => answer.ok).map((answer) => answer.url);
}

// Calls are made with the cookie that signing in by this page sets.
function show(url) {
  SwaggerUIBundle({ url, dom_id: "#calls", deepLinking: true, validatorUrl: null });
}

found().then((urls) => {
  const choice = document.getElementById("document");
  for (const url of urls) {
    const name = new URL(url).pathname.split("/")[3] ?? "article-service";
    choice.add(new Option(name, url));
  }
  choice.addEventListener("change", () => show(choice.value));
  document.getElementById("choice").hidden = urls.length < 2;
  show(urls[0]);
});
