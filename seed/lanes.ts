/**
 * Carries pieces of work out in their order: each session takes the next one when it is free. After a failure no session
 * takes another, and what is under way is told to end.
 *
 * @throws what failed first
 */
export async function inLanes<Session, Piece>(
  sessions: readonly Session[],
  pieces: readonly Piece[],
  signal: AbortSignal,
  carryOut: (session: Session, piece: Piece, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const ended = AbortSignal.any([signal, failure.signal]);
  const waiting = [...pieces];
  const work = async (session: Session): Promise<void> => {
    for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
      if (ended.aborted) return;
      await carryOut(session, piece, ended).catch((error: unknown) => {
        failure.abort(error);
      });
    }
  };
  await Promise.all(sessions.map(work));
  ended.throwIfAborted();
}
