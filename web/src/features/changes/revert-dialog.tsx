import './revert-dialog.css';

import { Alert, Input, Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { answerOf } from '../../console/forms/answer.ts';
import { tellErrors, tellFailure } from '../../console/forms/user-errors.ts';
import type { OnConflict } from '../../gql/graphql.ts';
import { ChangeSetLink } from './object-link.tsx';
import { RevertConflicts } from './revert-conflicts.tsx';
import { type RevertedFrom, SetReach } from './set-reach.tsx';
import { type Outcome, type Revert, useRevert } from './use-revert.ts';

const WAYS = ['REFUSE', 'SKIP', 'OVERWRITE'] as const satisfies readonly OnConflict[];
const LONGEST_REASON = 10_000;

export function RevertDialog(props: {
  id: string;
  from?: RevertedFrom | undefined;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [onConflict, setOnConflict] = useState<OnConflict>('REFUSE');
  const [hadConflicts, setHadConflicts] = useState(false);
  const [reason, setReason] = useState('');
  const reasonId = useId();
  const revert = useRevert(props.id, props.isOpen, onConflict);
  const { outcome, isDone, isLooking, isRunning } = revert;
  if (!hadConflicts && outcome && outcome.conflictCount > 0) {
    setHadConflicts(true);
  }
  const isPossible = outcome?.reverted === true && outcome.objectCount > 0;
  return (
    <Modal
      destroyOnHidden
      open={props.isOpen}
      title={t('changes.revert.title', { number: props.id.split(':')[1] })}
      width={640}
      okText={t('changes.revert.confirm')}
      okButtonProps={{ disabled: !isPossible || isLooking, loading: isRunning }}
      cancelText={t(isDone ? 'changes.revert.close' : 'changes.revert.cancel')}
      onOk={() => revert.run(reason)}
      onCancel={props.onClose}
      {...(isDone
        ? {
            footer: (_: unknown, { CancelBtn }: { CancelBtn: React.ComponentType }) => (
              <CancelBtn />
            ),
          }
        : {})}
    >
      <div className="revert">
        {!isDone && <SetReach id={props.id} from={props.from} />}
        <Told revert={revert} onConflict={onConflict} />
        {hadConflicts && !isDone && (
          <Radio.Group
            className="revert-ways"
            aria-label={t('changes.revert.ways.title')}
            value={onConflict}
            onChange={({ target }) => setOnConflict(target.value as OnConflict)}
            options={WAYS.map((value) => ({
              value,
              label: (
                <>
                  {t(`changes.revert.ways.${value}`)}
                  <span className="muted"> {t(`changes.revert.ways.${value}_HINT`)}</span>
                </>
              ),
            }))}
          />
        )}
        {outcome && outcome.conflicts.length > 0 && <RevertConflicts outcome={outcome} />}
        {!isDone && (
          <div className="revert-reason">
            <label htmlFor={reasonId}>{t('changes.revert.reason')}</label>
            <Input.TextArea
              id={reasonId}
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={LONGEST_REASON}
              placeholder={t('changes.revert.reasonHint')}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </div>
        )}
      </div>
    </Modal>
  );
}

/** What would happen, or what happened. */
function Told({ revert, onConflict }: { revert: Revert; onConflict: OnConflict }) {
  const { t, i18n } = useTranslation();
  const { outcome, error, isDone } = revert;
  if (error) {
    return (
      <Alert
        type="error"
        showIcon
        title={t('changes.revert.failed')}
        description={tellFailure(error, t)}
      />
    );
  }
  if (!outcome) {
    return <p role="status">{t('changes.revert.checking')}</p>;
  }
  const { userErrors } = answerOf(outcome, undefined);
  if (userErrors.length > 0) {
    return <Alert type="error" showIcon title={tellErrors(userErrors, t, i18n.language)} />;
  }
  return (
    <div role="status">
      {isDone ? <Done outcome={outcome} /> : <Preview outcome={outcome} onConflict={onConflict} />}
    </div>
  );
}

function Done({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { changeSet, objectCount } = outcome;
  return (
    <Alert
      type="success"
      showIcon
      title={t('changes.revert.done', { count: objectCount, shown: format.number(objectCount) })}
      description={
        changeSet && <ChangeSetLink id={changeSet.id}>{t('changes.revert.see')}</ChangeSetLink>
      }
    />
  );
}

function Preview({ outcome, onConflict }: { outcome: Outcome; onConflict: OnConflict }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { objectCount, conflictCount } = outcome;
  const objects = { count: objectCount, shown: format.number(objectCount) };
  const conflicts = { count: conflictCount, shown: format.number(conflictCount) };
  if (conflictCount === 0) {
    return objectCount === 0 ? (
      <Alert type="info" showIcon title={t('changes.revert.nothing')} />
    ) : (
      <p>{t('changes.revert.would', objects)}</p>
    );
  }
  return (
    <Alert
      type="warning"
      showIcon
      title={t('changes.revert.conflicts', conflicts)}
      description={
        onConflict !== 'REFUSE' && objectCount === 0
          ? t('changes.revert.nothing')
          : t(`changes.revert.outcomes.${onConflict}`, objects)
      }
    />
  );
}
