/** The report's style sheet: paper, ink, one column; light, dark, narrow and printed. */
export const style = `
:root {
  --paper: #fbfaf6; --card: #fffefb; --ink: #1d1b18; --quiet: #6a645a; --rule: #ddd7cb;
  --accent: #8c2f1b; --mark: #ffe9a3; --good: #2f6b3a; --bad: #a3271d; --known: #7a5a00;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Liberation Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161513; --card: #1f1d1a; --ink: #ebe6dc; --quiet: #a59d90; --rule: #3a362f;
    --accent: #f0a48c; --mark: #5e4a10; --good: #8fc99a; --bad: #f39a8f; --known: #e0bf5e;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); text-size-adjust: 100%; }
body { margin: 0; overflow-wrap: anywhere; }
main, header { max-width: 58rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-bottom: 4rem; }
h1, h2 { font-family: var(--serif); line-height: 1.2; text-wrap: balance; }
h1 { font-size: 1.9rem; margin: .3rem 0 .6rem; }
h2 { font-size: 1.35rem; margin: 2.6rem 0 .8rem; padding-top: .8rem; border-top: 1px solid var(--rule); }
h3 { font-size: .95rem; margin: 1.2rem 0 .3rem; }
a { color: inherit; text-decoration-color: var(--accent); text-underline-offset: .2em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.kicker { margin: 0; padding-top: 1.6rem; color: var(--quiet); font-size: .85rem; letter-spacing: .04em; }
.told { font-family: var(--serif); font-size: 1.25rem; line-height: 1.45; max-width: 44rem; }
.quiet { color: var(--quiet); }
.small { font-size: .85rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); gap: .75rem; margin: 1.4rem 0; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .8rem .9rem; }
.tiles b { display: block; font: 600 1.7rem/1.2 var(--serif); font-variant-numeric: lining-nums; }
.tiles span { display: block; color: var(--quiet); font-size: .85rem; line-height: 1.4; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .8rem .9rem; }
figcaption { font-size: .85rem; color: var(--quiet); margin-bottom: .6rem; }
figcaption strong { display: block; color: var(--ink); font-size: .95rem; }
svg { width: 100%; max-width: 44rem; height: auto; display: block; --plot-background: var(--card); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; margin: .4rem 0 0; list-style: none; font-size: .85rem; }
.legend li::before { content: ""; display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-right: .4em; background: var(--swatch); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; }
thead th { color: var(--quiet); font-size: .8rem; font-weight: 500; white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th .small { display: block; max-width: 36rem; font-weight: 400; }
th .aside { font-weight: 400; font-size: .82rem; color: var(--quiet); }
.better { color: var(--good); } .worse { color: var(--bad); }
meter { width: 6rem; height: .6rem; vertical-align: middle; }
fieldset { border: 0; padding: 0; margin: 0 0 .6rem; display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; }
legend { float: left; padding: 0 .5rem 0 0; font-size: .85rem; color: var(--quiet); }
fieldset input[type=radio] { position: absolute; opacity: 0; pointer-events: none; }
fieldset label { border: 1px solid var(--rule); background: var(--card); border-radius: 999px; padding: .15rem .7rem; font-size: .85rem; cursor: pointer; }
fieldset input:checked + label { background: var(--ink); color: var(--paper); border-color: var(--ink); }
fieldset input:focus-visible + label { outline: 2px solid var(--accent); outline-offset: 2px; }
.search { width: 100%; max-width: 26rem; font: inherit; padding: .4rem .7rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--card); color: inherit; }
.filters details summary { font-size: .85rem; color: var(--quiet); cursor: pointer; }
/* What is out of sight is laid out when it comes into it: hundreds of questions open at once. */
.question { content-visibility: auto; contain-intrinsic-size: auto 4rem; border: 1px solid var(--rule); border-radius: 8px; background: var(--card); margin: .55rem 0; }
.question > summary { list-style: none; cursor: pointer; padding: .65rem .9rem; display: grid; grid-template-columns: 1.4rem 1fr auto; gap: .1rem .5rem; }
.question > summary::-webkit-details-marker { display: none; }
.question .sign { font-weight: 700; }
.right .sign { color: var(--good); } .wrong .sign { color: var(--bad); } .known .sign { color: var(--known); } .unmarked .sign { color: var(--quiet); }
.question .asked { font-weight: 600; }
.question .sure { color: var(--quiet); font-size: .82rem; white-space: nowrap; }
.question .fault { grid-column: 2 / -1; color: var(--bad); font-size: .88rem; }
.known .fault { color: var(--known); }
.question .tags { grid-column: 2 / -1; color: var(--quiet); font-size: .8rem; }
.body { padding: 0 .9rem .9rem 2.8rem; }
.short { font: 600 1.15rem/1.4 var(--serif); margin: .3rem 0; }
blockquote { margin: .7rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--rule); font-family: var(--serif); color: var(--quiet); white-space: pre-line; }
blockquote mark { background: var(--mark); color: var(--ink); padding: .05em 0; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
blockquote cite { display: block; font: normal .82rem/1.5 var(--sans); margin-top: .3rem; white-space: normal; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; font-size: .88rem; margin: .6rem 0 0; }
dt { color: var(--quiet); } dd { margin: 0; }
.none { display: none; }
@media (max-width: 34rem) {
  h1 { font-size: 1.5rem; } .told { font-size: 1.1rem; }
  .body { padding-left: .9rem; }
  dl { grid-template-columns: 1fr; } dd { margin-bottom: .3rem; }
  .question > summary { grid-template-columns: 1.2rem 1fr; } .question .sure { grid-column: 2; }
  th, td { padding-right: .5rem; }
  .figures thead { display: none; }
  .figures tr { display: grid; grid-template-columns: 5rem 1fr auto; border-bottom: 1px solid var(--rule); padding: .5rem 0; }
  .figures th { grid-column: 1 / -1; }
  .figures th, .figures td { border: 0; padding: .1rem 0; }
  .figures td.number { text-align: left; }
  .figures td:nth-child(3):not(:empty)::before { content: "95% interval "; color: var(--quiet); }
  .figures td:nth-child(4)::before { content: "of "; color: var(--quiet); }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --accent: #8c2f1b; --mark: #fff1b8; --good: #2f6b3a; --bad: #a3271d; --known: #7a5a00; }
  html { font-size: 10pt; }
  .filters { display: none; }
  .question, figure, .tiles li, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  .charts { grid-template-columns: 1fr 1fr; }
  .question { content-visibility: visible; }
  mark, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
