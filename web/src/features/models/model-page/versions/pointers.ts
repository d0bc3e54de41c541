interface Labelled {
  id: string;
  label: string;
}

interface Pointer {
  name: string;
  version: number;
}

interface Pointed<P extends Pointer> {
  pointers: readonly P[];
}

/** It follows what is published by itself, and can't be set. */
export const LATEST = 'latest';

/** No pointer has it, so that the server refuses to move one. */
const NO_VERSION = 0;

export function pointerOf<P extends Pointer>({ pointers }: Pointed<P>, name: string) {
  return pointers.find((each) => each.name === name);
}

/**
 * The version that a pointer is expected in, to be moved: the one that was seen. Null where there is
 * none of the name; one that others have made since it was looked is not to be moved unseen.
 */
export async function expectedVersionOf<P extends Pointer>(
  name: string,
  seen: Pointed<P>,
  look: () => Promise<Pointed<P> | undefined>,
): Promise<number | null> {
  // Of `latest` it is told that it can't be set, and nothing else.
  if (name === LATEST) {
    return null;
  }
  const known = pointerOf(seen, name);
  if (known) {
    return known.version;
  }
  const now = await look();
  return now && pointerOf(now, name) ? NO_VERSION : null;
}

/** The versions whose labels are known: those that are listed, and those that pointers lead to. */
export function knownVersions(
  listed: readonly Labelled[],
  pointers: readonly { modelVersion: Labelled }[],
): Labelled[] {
  const all = [...listed, ...pointers.map(({ modelVersion }) => modelVersion)];
  return [...new Map(all.map(({ id, label }) => [id, { id, label }])).values()];
}
