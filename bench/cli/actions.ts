import { appendFile } from 'node:fs/promises';
import { plainText } from '../format/plain-text.ts';
import type { Result } from '../model/result.ts';
import { commentBody } from '../report/formats/exports/pr-comment.ts';
import type { Io } from './io.ts';

/**
 * What GitHub Actions tells a step by its environment, and takes from it
 * (docs.github.com: "Variables reference", "Workflow commands": GITHUB_STEP_SUMMARY).
 */

/** An address with nothing in it that could end a Markdown link. */
const ADDRESS = /^https:\/\/[\w.:-]+(?:\/[\w.-]+)+$/;

/** The page of the workflow run that this is a step of; undefined anywhere else. */
export function workflowPage(env: Io['env']): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
  const page = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  return GITHUB_RUN_ID !== undefined && ADDRESS.test(page) ? page : undefined;
}

/**
 * Adds the result to the summary of the step, where there is one. A summary that cannot be written is worth a line,
 * not the run: GitHub's limit of 1 MiB a step is far off, since a body is no longer than a comment may be.
 */
export async function writeStepSummary(result: Result, io: Io): Promise<void> {
  const file = io.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    await appendFile(file, `${commentBody(result, workflowPage(io.env))}\n`);
  } catch (error) {
    const reason = plainText((error as Error).message);
    io.stderr.write(`index-impact: GITHUB_STEP_SUMMARY: the summary cannot be written: ${reason}\n`);
  }
}
