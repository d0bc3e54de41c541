import { Checkbox, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../console/forms/answer.ts';
import { ReasonField } from '../../console/forms/common-fields.tsx';
import { FormDialog } from '../../console/forms/form-dialog.tsx';

/** How something is to be deleted. */
export interface Deletion {
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
  onDelete: (deletion: Deletion) => Promise<Answer>;
  /** Reads anew what is to be deleted, after somebody else has changed it. */
  lookAgain: () => Promise<boolean>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { cascade } = props;
  // Where something else goes along by now, that has to be said yes to.
  const [agreed, agree] = useState<string>();
  const isAgreed = cascade !== undefined && agreed === cascade;
  return (
    <FormDialog<Pick<Deletion, 'reason'>>
      title={props.title}
      width={520}
      initial={{ reason: null }}
      isNew
      isDanger
      isReady={cascade === undefined || isAgreed}
      saveLabel={t('catalogueViews.delete')}
      save={(_, { reason }) =>
        props.onDelete({ cascade: isAgreed, reason: reason?.trim() || null })
      }
      lookAgain={props.lookAgain}
      onDone={props.onClose}
      onClose={props.onClose}
    >
      {props.children}
      {cascade !== undefined && (
        <Form.Item>
          <Checkbox
            checked={isAgreed}
            onChange={({ target }) => agree(target.checked ? cascade : undefined)}
          >
            {cascade}
          </Checkbox>
        </Form.Item>
      )}
      {props.withReason !== false && <ReasonField />}
    </FormDialog>
  );
}
