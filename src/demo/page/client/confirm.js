import { h } from './dom.js';
import { withSigns } from './signs.js';

/** Asks once more, as Slack does before a button that has a confirmation; answers whether it was confirmed. */
export function confirmed({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'confirm', 'aria-labelledby': 'confirm-title', onclose: () => finish() },
      h('h2', { id: 'confirm-title' }, title.text),
      h('p', {}, withSigns(text.text)),
      h(
        'footer',
        {},
        h('button', { type: 'button', class: 'button', onclick: () => dialog.close('') }, deny.text),
        h('button', { type: 'button', class: `button ${style ?? 'primary'}`, onclick: () => dialog.close('yes') }, confirm.text),
      ),
    );
    function finish() {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    }
    document.body.append(dialog);
    dialog.showModal();
  });
}
