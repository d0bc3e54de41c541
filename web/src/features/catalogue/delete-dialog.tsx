import { Checkbox, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../console/forms/answer.ts';
import { ReasonField } from '../../console/forms/common-fields.tsx';
import { FormDialog } from '../../console/forms/form-dialog.tsx';
import { isConflict } from '../../console/forms/user-errors.ts';

interface Choice {
  cascade: boolean;
  reason: string | null;
}

/** Asks before something is deleted, and says what goes with it. */
export function DeleteDialog(props: {
  title: string;
  children: ReactNode;
  /** What goes along, which has to be said yes to; left out where nothing does. */
  cascade?: string | undefined;
  withReason?: boolean;
  onDelete: (choice: Choice) => Promise<Answer>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [isAgreed, agree] = useState(false);
  const save = async (_: unknown, { cascade, reason }: Choice): Promise<Answer> => {
    const answer = await props.onDelete({ cascade, reason: reason?.trim() || null });
    return isConflict(answer.userErrors)
      ? {
          ...answer,
          userErrors: [
            {
              field: ['expectedVersion'],
              code: 'CONFLICT',
              message: t('catalogueViews.conflict'),
            },
          ],
        }
      : answer;
  };
  return (
    <FormDialog<Choice>
      title={props.title}
      width={520}
      initial={{ cascade: false, reason: null }}
      isNew
      isDanger
      isReady={props.cascade === undefined || isAgreed}
      saveLabel={t('catalogueViews.delete')}
      save={save}
      onDone={props.onClose}
      onClose={props.onClose}
    >
      {props.children}
      {props.cascade !== undefined && (
        <Form.Item<Choice> name="cascade" valuePropName="checked">
          <Checkbox onChange={({ target }) => agree(target.checked)}>{props.cascade}</Checkbox>
        </Form.Item>
      )}
      {props.withReason !== false && <ReasonField />}
    </FormDialog>
  );
}
