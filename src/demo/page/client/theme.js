/** Light or dark: as the system says, until somebody presses the button. */
export function startTheme(button) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const current = () => localStorage.getItem('theme') ?? (system.matches ? 'dark' : 'light');
  function apply() {
    const dark = current() === 'dark';
    document.documentElement.dataset.theme = current();
    button.textContent = dark ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Switch to the ${dark ? 'light' : 'dark'} theme`);
  }
  system.addEventListener('change', apply);
  button.addEventListener('click', () => {
    localStorage.setItem('theme', current() === 'dark' ? 'light' : 'dark');
    apply();
  });
  apply();
}
