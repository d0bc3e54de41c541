import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Known } from './use-cells.ts';

interface Props {
  known: Known;
  isPending: boolean;
  isConfigured: boolean;
  model: string;
  capability: string;
  isCurrent: boolean;
  isAsked: boolean;
  row: number;
  column: number;
  /** Left out for who may not change anything. */
  deeds?: CellDeeds;
}

/** What is done in a cell. It stays the same, so that setting one cell renders no other. */
export interface CellDeeds {
  ask(row: number, column: number): void;
  enter(row: number, column: number): void;
  press(event: React.KeyboardEvent, row: number, column: number): void;
}

/** What is told of a model and a capability: by a word and a shape, and by colour only beside these. */
export const Cell = memo(function Cell(props: Props) {
  const { t } = useTranslation();
  const { known, isConfigured, row, column, deeds } = props;
  const word = t(`capabilities.known.${known}`);
  const sign = <span className={`known known-${known.toLowerCase()}`}>{word}</span>;
  const config = isConfigured && (
    <span className="known-config" title={t('capabilities.configured')}>
      <span aria-hidden>⚙</span>
      <span className="hidden">{t('capabilities.configured')}</span>
    </span>
  );
  if (!deeds) {
    return (
      <td>
        {sign}
        {config}
      </td>
    );
  }
  return (
    <td className={props.isPending ? 'matrix-pending' : undefined}>
      <button
        type="button"
        className="matrix-cell"
        tabIndex={props.isCurrent ? 0 : -1}
        aria-haspopup="menu"
        aria-expanded={props.isAsked}
        aria-label={t('capabilities.cell', {
          known: word,
          model: props.model,
          capability: props.capability,
        })}
        onClick={() => deeds.ask(row, column)}
        onFocus={() => deeds.enter(row, column)}
        onKeyDown={(event) => deeds.press(event, row, column)}
      >
        {sign}
        {config}
      </button>
    </td>
  );
});
