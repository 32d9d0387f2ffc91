import { isUtf8 } from 'node:buffer';

const REMEDY = 'write it as UTF-8';

/**
 * The text of a file that has to be UTF-8. A byte order mark is no part of it.
 *
 * @throws Error saying which encoding it has instead
 */
export function utf8Text(bytes: Buffer): string {
  if (isUtf16(bytes)) throw new Error(`it is UTF-16: ${REMEDY}`);
  if (!isUtf8(bytes)) throw new Error(`it is not UTF-8: ${REMEDY}`);
  return bytes.toString().replace(/^\ufeff/, '');
}

const BYTE_ORDER_MARKS = ['fffe', 'feff'];

/** PowerShell writes it with its mark. Without one, the first character that JSON can begin with has one byte of zero. */
const isUtf16 = (bytes: Buffer): boolean =>
  BYTE_ORDER_MARKS.includes(bytes.toString('hex', 0, 2)) || bytes.subarray(0, 2).includes(0);
