import { FIGURE_STYLE, properties } from '../../figures/figure-style.ts';

/** The page's style: one column that grows with the text; wide tables scroll by themselves. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;${properties('light')};--link:#0550ae;--soft:#f6f8fa}
@media (prefers-color-scheme:dark){:root{${properties('dark')};--link:#79c0ff;--soft:#161b22}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:84rem;margin:0 auto;padding:0 .75rem}
h1{font-size:1.6rem;line-height:1.25;margin:1.25rem 0 .25rem}
h2{font-size:1.3rem;line-height:1.3;margin:2.5rem 0 .75rem;padding-top:.5rem;border-top:1px solid var(--grid)}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
a{color:var(--link)}
.quiet,.remarks{color:var(--muted)}
.remarks{font-size:.875rem;padding-left:1.25rem}
.verdict{padding-left:1.25rem;max-width:52rem}
.verdict li{margin:.35rem 0}
.verdict li:first-child{font-size:1.15rem;font-weight:600;list-style:none;margin-left:-1.25rem}
.warning{border-left:4px solid var(--slower);padding:.5rem .75rem;background:var(--soft);font-weight:600}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;padding:0;margin:.75rem 0;font-size:.9rem}
nav a{display:inline-block;padding:.25rem 0}
.scroll{overflow-x:auto;margin:.5rem 0;border:1px solid var(--grid);border-radius:6px}
.scroll:focus-visible,summary:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:1px}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;width:100%}
caption{text-align:left;font-weight:600;padding:.5rem .6rem}
th,td{padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:normal}
td.text{min-width:8.5rem}
th[scope=row]{min-width:10.5rem}
td.long{min-width:18rem}
thead th{border-bottom:2px solid var(--grid);vertical-align:bottom;background:var(--soft)}
thead th[colspan]{text-align:center;border-bottom:1px solid var(--grid)}
tbody tr+tr>*{border-top:1px solid var(--grid)}
th[scope=row]{font-weight:500;position:sticky;left:0;background:var(--paper)}
.number,td:not([class]){text-align:right;white-space:nowrap}
.line{white-space:nowrap}
.figures{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
figure{margin:.5rem 0;width:100%;max-width:27rem;border:1px solid var(--grid);border-radius:6px;overflow:hidden}
figcaption{font-weight:600;font-size:.95rem;padding:.5rem .6rem 0}
figure svg{display:block;width:100%;height:auto}
details{border:1px solid var(--grid);border-radius:6px;margin:.4rem 0;padding:0 .75rem}
summary{cursor:pointer;padding:.45rem 0}
details[open]{padding-bottom:.5rem}
.figures>details{width:100%}
pre{overflow-x:auto;background:var(--soft);padding:.6rem;border-radius:6px;font:.8125rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:normal}
footer{padding-bottom:2rem}
section{display:flex;flex-direction:column}
@media (max-width:40rem){
h2{order:-2}
.figures{order:-1}
td.text{min-width:14rem}
th[scope=row]{min-width:7rem;max-width:9rem;overflow-wrap:anywhere}
}
@media print{
:root{${properties('light')};--link:#0550ae;--soft:#f6f8fa;color-scheme:light}
body{font-size:10pt}
nav{display:none}
header,main,footer{max-width:none;padding:0}
.scroll{overflow:visible;border:0}
table{font-size:6.5pt}
th,td{padding:.15rem .25rem}
.wide{font-size:5.2pt}
.wide th,.wide td{padding:.1rem .15rem}
td.text,td.long,th[scope=row]{min-width:0;max-width:none;position:static;overflow-wrap:anywhere}
section{display:block}
td.line{white-space:normal}
thead th{white-space:normal}
thead{display:table-header-group}
tr,figcaption{break-inside:avoid}
h2,h3,caption{break-after:avoid}
figure{max-width:11cm}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
}
${FIGURE_STYLE}
`.trim();
