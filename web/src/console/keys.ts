const WRITTEN_IN = 'input:not([type=checkbox], [type=radio]), textarea, select, [role=textbox]';

/** Whether a key was pressed for what the page does with it: not to write, and not in a dialog. */
export function isForPage(event: KeyboardEvent): boolean {
  const { target, ctrlKey, metaKey, altKey, isComposing } = event;
  if (ctrlKey || metaKey || altKey || isComposing || event.defaultPrevented) {
    return false;
  }
  const isWritten =
    target instanceof HTMLElement && (target.isContentEditable || target.matches(WRITTEN_IN));
  return !isWritten && !(target instanceof Element && target.closest('[role=dialog]'));
}

export const PALETTE_KEYS = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';
