import { type CombinedError, stringifyDocument } from 'urql';
import type { ChangedSubscription, ChangedSubscriptionVariables } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { throughClient } from '../client.ts';
import { codesOf } from '../connection.ts';
import { liveState } from './state.ts';

// Of the fields of a change these cost the server no statement.
const ChangedDocument = graphql(`
  subscription Changed($after: String, $ids: [ID!], $types: [ChangeKind!]) {
    changed(after: $after, ids: $ids, types: $types) {
      cursor
      number
      type
      operation
      objectId
    }
  }
`);

const CursorDocument = graphql(`
  query ChangeFeedCursor {
    changeFeedCursor
  }
`);

export type News = ChangedSubscription['changed'];

/** Which changes are meant: of these objects, a model's with its parts; or of objects of these types. */
export type Subject = Pick<ChangedSubscriptionVariables, 'ids' | 'types'>;

const AGAIN_AFTER_MS = 5_000;

/** A place in the feed that is before all that is asked from now on. */
let known: string | undefined;

async function askCursor(): Promise<string> {
  const { data, error } = await throughClient.query(CursorDocument, {});
  if (!data) {
    throw error ?? new Error('the server answered without data');
  }
  known = data.changeFeedCursor;
  return known;
}

/** The codes of what the server or the socket had against it. */
function codesOfProblem(problem: unknown): string[] {
  if (Array.isArray(problem)) {
    return problem.map((each) => String(each?.extensions?.code ?? ''));
  }
  const isCombined = typeof problem === 'object' && problem !== null && 'graphQLErrors' in problem;
  return isCombined ? codesOf(problem as CombinedError) : [];
}

/**
 * Tells of each change of a subject once, from those on that came after what is shown was asked for. A connection
 * that was lost goes on behind the last change. `undefined` stands for changes that can't be told one by one any
 * more: read anew what is shown.
 */
export function follow(subject: Subject, tell: (news: News | undefined) => void): () => void {
  let isStopped = false;
  let leave = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  // The client sends its variables anew when it is back, and so from where it was.
  const variables: ChangedSubscriptionVariables = { ...subject };

  const fail = (problem: unknown) => {
    if (isStopped) {
      return;
    }
    const codes = codesOfProblem(problem);
    if (codes.includes('UNAUTHENTICATED') || codes.includes('FORBIDDEN')) {
      liveState.set('refused');
      return;
    }
    if (codes.includes('FEED_RESYNC')) {
      known = undefined;
      delete variables.after;
      tell(undefined);
    }
    // A session that has ended is begun anew by whoever follows, when somebody is signed in again.
    if (liveState.get() !== 'refused') {
      timer = setTimeout(() => void begin(), codes.includes('FEED_RESYNC') ? 0 : AGAIN_AFTER_MS);
    }
  };

  const begin = async () => {
    try {
      const [{ socket }, after] = await Promise.all([
        import('./socket.ts'),
        variables.after ?? known ?? askCursor(),
      ]);
      variables.after = after;
      if (isStopped) {
        return;
      }
      const query = stringifyDocument(ChangedDocument);
      leave = socket.subscribe<ChangedSubscription>(
        { query, variables: variables as Record<string, unknown> },
        {
          next: ({ data }) => {
            if (data) {
              variables.after = data.changed.cursor;
              known = data.changed.cursor;
            }
            tell(data?.changed);
          },
          error: fail,
          complete: () => {},
        },
      );
    } catch (problem) {
      fail(problem);
    }
  };

  void begin();
  // For what is shown next, so that it has less to catch up with.
  askCursor().catch(() => undefined);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    leave();
  };
}
