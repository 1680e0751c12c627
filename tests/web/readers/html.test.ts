import { describe, expect, it } from "vitest";
import { htmlToText } from "../../../web/src/readers/worker/html.js";

describe("htmlToText", () => {
  it.each([
    ["white space as a browser shows it", "<p>one\n  two <b>three</b>,\n<i>four</i></p>", "one two three, four"],
    ["paragraphs apart, other blocks on lines", "<h1>Title</h1><p>a</p><p>b</p><div>c<div>d</div></div>e", "Title\n\na\n\nb\n\nc\nd\ne"],
    ["line breaks", "a<br>b<br><br>c", "a\nb\n\nc"],
    ["tables, a row a line", "<table><tr><th>Item</th><th>Price</th></tr><tr><td> Rye  bread </td><td>3.20</td></tr></table>", "Item\tPrice\nRye bread\t3.20"],
    ["tables that only lay out", "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a\n\nb\nc"],
    ["preformatted text", "<pre>a  b\n  c</pre>d", "a  b\n  c\nd"],
    ["entities", "caf&eacute; &lt;b&gt; &#8364;5&nbsp;net", "café <b> €5\u00a0net"],
    ["lists", "<ul><li>one</li><li>two</li></ul>", "one\ntwo"],
    ["broken markup", "<p>a<div>b</p></span>c", "a\n\nb\n\nc"],
    ["nothing", "", ""],
  ])("keeps %s", (_, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    "<script>alert(1)</script>", "<style>p{}</style>", "<head><title>t</title></head>", "<noscript>n</noscript>", "<template>t</template>",
    "<div hidden>h</div>", '<span style="color:red; display: none">x</span>', "<!-- c -->", "<select><option>o</option></select>", "<svg><text>s</text></svg>",
  ])("leaves out what nobody sees: %s", (html) => {
    expect(htmlToText(`<p>before</p>${html}<p>after</p>`)).toBe("before\n\nafter");
  });
});
