// The languages of fenced code that the editor highlights.
import { cssLanguage } from "@codemirror/lang-css";
import { htmlLanguage } from "@codemirror/lang-html";
import {
  javascriptLanguage,
  jsxLanguage,
  tsxLanguage,
  typescriptLanguage,
} from "@codemirror/lang-javascript";
import { jsonLanguage } from "@codemirror/lang-json";
import { pythonLanguage } from "@codemirror/lang-python";
import { yamlLanguage } from "@codemirror/lang-yaml";
import { StreamLanguage } from "@codemirror/language";
import { c, cpp, csharp, java, kotlin } from "@codemirror/legacy-modes/mode/clike";
import { diff } from "@codemirror/legacy-modes/mode/diff";
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile";
import { go } from "@codemirror/legacy-modes/mode/go";
import { nginx } from "@codemirror/legacy-modes/mode/nginx";
import { properties } from "@codemirror/legacy-modes/mode/properties";
import { ruby } from "@codemirror/legacy-modes/mode/ruby";
import { rust } from "@codemirror/legacy-modes/mode/rust";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { standardSQL } from "@codemirror/legacy-modes/mode/sql";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import { xml } from "@codemirror/legacy-modes/mode/xml";

const NAMES = [
  [pythonLanguage, "python", "py", "python3", "pycon"],
  [javascriptLanguage, "javascript", "js", "node"],
  [jsxLanguage, "jsx"],
  [typescriptLanguage, "typescript", "ts"],
  [tsxLanguage, "tsx"],
  [htmlLanguage, "html", "jinja", "jinja2", "vue"],
  [cssLanguage, "css", "scss"],
  [jsonLanguage, "json"],
  [yamlLanguage, "yaml", "yml"],
  [StreamLanguage.define(shell), "shell", "bash", "sh", "zsh", "console"],
  [StreamLanguage.define(standardSQL), "sql"],
  [StreamLanguage.define(c), "c", "h"],
  [StreamLanguage.define(cpp), "cpp", "c++", "hpp"],
  [StreamLanguage.define(csharp), "csharp", "cs", "c#"],
  [StreamLanguage.define(java), "java"],
  [StreamLanguage.define(kotlin), "kotlin", "kt"],
  [StreamLanguage.define(go), "go", "golang"],
  [StreamLanguage.define(rust), "rust", "rs"],
  [StreamLanguage.define(ruby), "ruby", "rb"],
  [StreamLanguage.define(diff), "diff", "patch"],
  [StreamLanguage.define(dockerFile), "dockerfile", "docker"],
  [StreamLanguage.define(nginx), "nginx"],
  [StreamLanguage.define(properties), "ini", "properties", "conf"],
  [StreamLanguage.define(toml), "toml"],
  [StreamLanguage.define(xml), "xml", "svg"],
];

const BY_NAME = new Map(
  NAMES.flatMap(([language, ...names]) => names.map((name) => [name, language])),
);

/** The first name of each language. */
export const LANGUAGES = NAMES.map(([, name]) => name);

/** Find the language named by a fence's info string, such as `python {hl_lines=1}`; or null. */
export function findLanguage(info) {
  return BY_NAME.get(info.trim().split(/[\s{,:]/, 1)[0].toLowerCase()) ?? null;
}
