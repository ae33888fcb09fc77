"use strict";
/* Adds answers in place. Whatever goes wrong, the form is sent as it would be without this script. */
(() => {
  const form = document.getElementById("ask");
  const field = document.getElementById("q");
  const conversation = document.getElementById("conversation");
  const status = document.getElementById("status");
  const MOST_AFTER = 4; // questions before the next one that are sent along
  const PATIENCE = 20000; // milliseconds
  const SHOWN = 2500; // for which a button says what it has done
  let busy = false;

  const say = (words) => { status.textContent = words; };

  const ask = async (url, body) => {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { "X-Fragment": "1" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok || answer.redirected) throw new Error("not answered");
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const remember = (question) => {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "after", value: question });
    form.append(hidden);
    const all = form.querySelectorAll("input[name=after]");
    if (all.length > MOST_AFTER) all[0].remove();
  };

  const show = (article) => {
    document.querySelectorAll(".intro, .examples, main > h1:not(.unseen)").forEach((one) => one.remove());
    conversation.querySelectorAll(".besides").forEach((one) => one.remove());
    conversation.append(document.adoptNode(article));
    prepare(article);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    article.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    const label = form.querySelector("label[for=q]");
    label.textContent = label.dataset.next;
    say(article.dataset.said);
  };

  form.addEventListener("submit", async (event) => {
    const pressed = event.submitter;
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(status.dataset.wait);
    const body = new FormData(form);
    if (pressed && pressed.name) body.append(pressed.name, pressed.value);
    try {
      const page = await ask(form.action, body);
      const article = page.querySelector("article.exchange");
      if (!article) throw new Error("no answer");
      if (article.dataset.question) remember(article.dataset.question);
      field.value = "";
      show(article);
      field.focus({ preventScroll: true });
      busy = false;
    } catch {
      if (pressed && pressed.name) {
        const hidden = document.createElement("input");
        Object.assign(hidden, { type: "hidden", name: pressed.name, value: pressed.value });
        form.append(hidden);
      }
      form.submit();
    }
  });

  conversation.addEventListener("submit", async (event) => {
    const rating = event.target;
    if (!rating.matches("[data-feedback]")) return;
    event.preventDefault();
    const body = new FormData(rating);
    const pressed = event.submitter;
    body.append(pressed.name, pressed.value);
    try {
      const words = (await ask(rating.action, body)).body.textContent.trim();
      const thanks = document.createElement("p");
      thanks.className = "note";
      thanks.textContent = words;
      thanks.tabIndex = -1;
      rating.replaceWith(thanks);
      thanks.focus();
      say(words);
    } catch {
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name: pressed.name, value: pressed.value });
      rating.append(hidden);
      rating.submit();
    }
  });

  /* A quote with its source and the address where it can be checked. */
  const cited = (source) => {
    const quotes = [...source.querySelectorAll("blockquote")].map((one) => one.textContent.trim());
    const cite = source.querySelector("cite");
    return [...quotes, "— " + cite.textContent.trim(), cite.querySelector("a").href].join("\n");
  };

  const copy = async (words, button) => {
    try {
      await navigator.clipboard.writeText(words);
      say(button.dataset.done);
      button.dataset.words ??= button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = button.dataset.words; }, SHOWN);
      return true;
    } catch {
      return false;
    }
  };

  /* Who comes back to the page after the form was sent without this script begins afresh. */
  window.addEventListener("pageshow", () => {
    busy = false;
    form.querySelectorAll("input[type=hidden][name=pick]").forEach((one) => one.remove());
  });

  const prepare = (root) => {
    if (!navigator.clipboard) return;
    root.querySelectorAll("button.copy").forEach((one) => { one.hidden = false; });
  };

  conversation.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (button) {
      await copy(cited(button.closest(".source")), button);
      return;
    }
    const link = event.target.closest("a.share");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      if (navigator.share) {
        await navigator.share({ url: link.href });
        return;
      }
    } catch (error) {
      if (error.name === "AbortError") return;
    }
    if (!(await copy(link.href, link))) location.assign(link.href);
  });

  prepare(document);
})();
