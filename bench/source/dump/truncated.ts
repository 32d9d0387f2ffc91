import { RunError } from '../../model/errors.ts';
import { shownPath } from '../../system/named-file.ts';

/** @param how by what that is seen */
export const truncated = (path: string, how: string): RunError =>
  new RunError(`${shownPath(path)} is truncated: ${how}`, {
    remedy: 'Make the dump again and look at what pg_dump says, or copy it again from where it was made.',
  });
