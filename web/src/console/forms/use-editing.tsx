import { Form, type FormInstance } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { type Answer, isDone } from './answer.ts';
import { changedFrom, isSame } from './changes.ts';
import { conflictFields, type Describe } from './conflict-fields.ts';
import { type LeaveGuard, useLeaveGuard } from './leave-guard.tsx';
import {
  isConflict,
  placeAmong,
  sortErrors,
  tellError,
  tellFailure,
  type UserError,
} from './user-errors.ts';

/** An object as it is on the server now. */
export interface Latest<V> {
  version: number;
  values: V;
}

export interface EditingOptions<V extends object> {
  /** What the form begins with. What comes later is of no effect: a form isn't changed under its user. */
  initial: V;
  /** The version that was seen, where there is one. */
  version?: number | undefined;
  /** Writes. `changed` has only the fields that differ from `initial`, null where they are empty. */
  save: (changed: Partial<V>, values: V, version: number | undefined) => Promise<Answer>;
  /** Reads what is there now, past the cache, after somebody else has changed it. */
  latest?: ((values: V) => Promise<Latest<V> | undefined>) | undefined;
  /**
   * Instead of `latest`, for what isn't about fields: shows what is there now, for another try. Gives
   * whether it could be read.
   */
  lookAgain?: () => Promise<boolean>;
  /** Whether it can be saved already; it can unless this is false. */
  isReady?: boolean;
  /** How a field is called, and its value shown, where there is a conflict. */
  describe?: Describe<V>;
  /** Fields that errors may be shown beside, if not those of `initial`. */
  shown?: readonly string[];
  /** Where errors of the payload lie in the form, if their path differs. */
  pathOf?: (error: UserError) => readonly string[];
  /** It is saved, or nothing had to be. `answer` is undefined if nothing was asked of the server. */
  onDone: (answer: Answer | undefined, values: V) => void;
  /** Saves also what is as it was, such as a new object. */
  isNew?: boolean;
}

export interface Editing<V extends object> {
  form: FormInstance<V>;
  initial: V;
  isBusy: boolean;
  isDirty: boolean;
  guard: LeaveGuard;
  problems: readonly string[];
  /** For the form's `onValuesChange` and `onFinish`. */
  onValuesChange: (changed: Partial<V>, values: V) => void;
  onFinish: () => void;
  /** The dialog about a conflict, where there is one. */
  conflict: ReactNode;
}

/**
 * What a form does around its fields: knows whether something is unsaved, saves, puts what the server
 * refuses beside its field, and asks where somebody else was quicker. An error loses nothing.
 */
export function useEditing<V extends object>(options: EditingOptions<V>): Editing<V> {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<V>();
  const [initial] = useState(options.initial);
  // Not what is there by now: others' changes are to be told, not written over.
  const [version] = useState(options.version);
  const [isBusy, setBusy] = useState(false);
  const [isDirty, setDirty] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [theirs, setTheirs] = useState<Latest<V>>();
  const guard = useLeaveGuard(isDirty);

  const valuesOf = () => ({ ...initial, ...form.getFieldsValue(true) }) as V;

  const done = (answer: Answer | undefined, values: V) => {
    guard.release();
    setDirty(false);
    options.onDone(answer, values);
  };

  const refuse = (errors: readonly UserError[]) => {
    const place = placeAmong(options.shown ?? Object.keys(initial));
    const { fields, rest } = sortErrors(
      errors.map((error) => ({ ...error, field: options.pathOf?.(error) ?? error.field })),
      place,
      (error) => tellError(error, t, i18n.language),
    );
    form.setFields(fields as Parameters<typeof form.setFields>[0]);
    setProblems(rest);
    const [first] = fields;
    if (first) {
      form.scrollToField(first.name as never, { focus: true, block: 'center' });
    }
  };

  const save = async (version: number | undefined) => {
    const values = valuesOf();
    const changed = changedFrom(initial, values);
    if (!options.isNew && Object.keys(changed).length === 0) {
      done(undefined, values);
      return;
    }
    setBusy(true);
    setProblems([]);
    const answer = await options.save(changed, values, version);
    const isOutdated = isConflict(answer.userErrors);
    const now = isOutdated ? await options.latest?.(values) : undefined;
    const isSeen = isOutdated ? await options.lookAgain?.() : undefined;
    setBusy(false);
    setTheirs(now);
    if (isDone(answer)) {
      done(answer, values);
    } else if (answer.error) {
      setProblems([tellFailure(answer.error, t)]);
    } else if (isSeen !== undefined) {
      setProblems([t(isSeen ? 'forms.conflict.lookAgain' : 'forms.conflict.notSeen')]);
    } else if (!now) {
      refuse(answer.userErrors);
    }
  };

  const takeTheirs = () => {
    setTheirs(undefined);
    done(undefined, valuesOf());
  };

  return {
    form,
    initial,
    isBusy,
    isDirty,
    guard,
    problems,
    onValuesChange(changed) {
      setDirty(!isSame(initial, valuesOf()));
      // What was complained of is looked at again as soon as it is changed.
      const names = Object.keys(changed).filter(
        (name) => form.getFieldError(name as never).length > 0,
      );
      if (names.length > 0) {
        void form.validateFields(names as never).catch(() => undefined);
      }
    },
    onFinish() {
      if (!isBusy && options.isReady !== false) {
        void save(version);
      }
    },
    conflict: theirs && (
      <ConflictDialog
        fields={conflictFields(
          options.isNew ? {} : initial,
          valuesOf(),
          theirs.values,
          options.describe,
        )}
        isBusy={isBusy}
        onOverwrite={() => void save(theirs.version)}
        onTakeTheirs={takeTheirs}
        onCancel={() => setTheirs(undefined)}
      />
    ),
  };
}
