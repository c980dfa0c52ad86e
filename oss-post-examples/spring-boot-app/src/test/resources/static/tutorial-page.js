// Requests a grant, fills the fields of its tutorial into a form, and shows OSS's answer.
export function page(fieldsOf) {
  const status = document.querySelector("#status");
  document.querySelector("#send").addEventListener("click", async () => {
    const [chosen] = document.querySelector("#file").files;
    const answer = await fetch("/get_post_signature_for_oss_upload", { method: "GET" });
    if (!answer.ok) {
      status.dataset.body = await answer.text();
      status.textContent = answer.status;
      return;
    }
    const grant = await answer.json();
    const form = new FormData();
    for (const [name, value] of fieldsOf(grant, chosen)) form.append(name, value);
    const stored = await fetch(grant.host, { method: "POST", body: form });
    status.dataset.key = grant.dir + chosen.name;
    status.dataset.body = await stored.text();
    status.textContent = stored.status;
  });
}
