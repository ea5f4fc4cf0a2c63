/** What files that leave the page or the command say of it: version and commit, or the version alone where this is no clone. */
import { execFileSync } from "node:child_process";
import manifest from "./package.json" with { type: "json" };

export function build(): string {
  const { version } = manifest;
  const git = ["rev-parse", "--short=10", "HEAD"];
  try {
    return `${version}+${execFileSync("git", git, { cwd: import.meta.dirname, encoding: "utf8", stdio: "pipe" }).trim()}`;
  } catch {
    return version;
  }
}
