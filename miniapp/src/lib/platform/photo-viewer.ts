/** Photos in full, one at a time, over the page. Taro's own viewer would bring a whole carousel library (190 kB) along. */
export function showPhotos(addresses: readonly string[], current: string): void {
  let at = Math.max(0, addresses.indexOf(current));
  const opener = document.activeElement;
  const image = document.createElement('img');
  const viewer = document.createElement('div');
  viewer.className = 'photo-viewer';
  viewer.setAttribute('role', 'dialog');
  viewer.setAttribute('aria-modal', 'true');

  const show = (index: number) => {
    at = (index + addresses.length) % addresses.length;
    image.src = addresses[at] ?? '';
    image.alt = `照片 ${at + 1}，共 ${addresses.length} 张`;
    viewer.setAttribute('aria-label', image.alt);
  };
  const close = () => {
    window.removeEventListener('keydown', listen, true);
    viewer.remove();
    if (opener instanceof HTMLElement) opener.focus();
  };
  const keys: Record<string, () => void> = {
    Escape: close,
    ArrowLeft: () => show(at - 1),
    ArrowRight: () => show(at + 1),
  };
  const listen = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act) return;
    event.stopPropagation(); // Escape closes the photo, not the sheet below it
    act();
  };

  viewer.append(image, button('关闭', close));
  if (addresses.length > 1) viewer.append(button('上一张', keys.ArrowLeft!), button('下一张', keys.ArrowRight!));
  window.addEventListener('keydown', listen, true);
  document.body.append(viewer);
  show(at);
  viewer.querySelector('button')?.focus();
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.className = 'photo-viewer__button';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}
