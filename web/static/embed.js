"use strict";
/* For other sites: <script src="https://HOST/embed.js" data-lang="en" defer></script> writes a link
   where it stands, which opens the chat in a dialog. Nothing of the site's is read. */
(() => {
  const own = document.currentScript;
  const home = new URL(own.src).origin;
  const words = {
    "zh-Hans": ["向衡阳提问：投资、园区、人才", "关闭"],
    "zh-Hant": ["向衡陽提問：投資、園區、人才", "關閉"],
    en: ["Ask about investing in Hengyang", "Close"],
  };
  const lang = Object.hasOwn(words, own.dataset.lang) ? own.dataset.lang : "zh-Hans";
  const [ask, close] = words[lang];

  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const link = make("a", { href: `${home}/?lang=${lang}`, textContent: own.dataset.text || ask, lang });
  own.after(link);
  if (!window.HTMLDialogElement) return;

  let dialog = null;
  const build = () => {
    const made = make("dialog", { lang });
    made.setAttribute("aria-label", ask);
    made.style.cssText = "width:min(46rem,96vw);height:min(46rem,92vh);max-width:none;max-height:none;padding:0;border:1px solid;border-radius:12px;overflow:hidden";
    const button = make("button", { type: "button", textContent: close });
    button.style.cssText = "display:block;margin:.4rem .4rem .4rem auto;min-height:32px;padding:0 .8rem";
    button.addEventListener("click", () => made.close());
    const frame = make("iframe", { src: `${home}/embed?lang=${lang}`, title: ask, referrerPolicy: "no-referrer" });
    frame.style.cssText = "display:block;border:0;width:100%;height:calc(100% - 3rem)";
    made.append(button, frame);
    /* Escape in the frame is the frame's own: it tells, and nothing else that it says is heard. */
    window.addEventListener("message", (event) => {
      if (event.origin === home && event.source === frame.contentWindow && event.data === "hyqa:close") made.close();
    });
    made.addEventListener("close", () => link.focus());
    document.body.append(made);
    return made;
  };

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog ??= build();
    dialog.showModal(); // what stands behind it is inert from now on
  });
})();
