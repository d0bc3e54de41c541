import { useTranslation } from 'react-i18next';
import { liveState } from '../../console/live/state.ts';
import { useStore } from '../../console/store.ts';

/** Whether what happens is told at once. */
export function LiveBadge({ isPaused }: { isPaused: boolean }) {
  const { t } = useTranslation();
  const state = useStore(liveState);
  const shown = isPaused && state === 'live' ? 'paused' : state === 'off' ? 'connecting' : state;
  return (
    <span className={`live live-${shown}`} role="status">
      {t(`changes.live.${shown}`)}
    </span>
  );
}
