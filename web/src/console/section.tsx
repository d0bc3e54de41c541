import './section.css';

import { type ReactNode, useId } from 'react';
import { useFormat } from './format.ts';

/** A part of a page under its title, with how much is in it. */
export function Section(props: {
  title: string;
  count?: number;
  /** What is said where there is nothing to show. */
  empty?: string;
  /** What can be done with it, beside its title. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const format = useFormat();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        {/* Takes the focus where what had it is removed from the section. */}
        <h2 id={id} tabIndex={-1}>
          {props.title}
          {props.count !== undefined && props.count > 0 && (
            <span className="card-count">{format.number(props.count)}</span>
          )}
        </h2>
        {props.actions}
      </div>
      {props.count === 0 ? <p className="muted">{props.empty}</p> : props.children}
    </section>
  );
}
