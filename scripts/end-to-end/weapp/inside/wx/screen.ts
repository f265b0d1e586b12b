import { answering } from '../answer';
import type { PageStack } from '../page-stack';

interface ModalOptions {
  title?: string;
  content?: string;
  showCancel?: boolean;
  confirmText?: string;
  cancelText?: string;
}

/** WeChat's own question over the page. */
function showModal({
  title = '',
  content = '',
  showCancel = true,
  confirmText = '确定',
  cancelText = '取消',
}: ModalOptions) {
  const question = document.createElement('dialog');
  question.setAttribute('aria-label', title);
  question.append(paragraph(title), paragraph(content));
  document.body.append(question);
  return new Promise<{ confirm: boolean; cancel: boolean }>((resolve) => {
    const offer = (words: string, confirm: boolean) => {
      const button = document.createElement('button');
      button.textContent = words;
      button.addEventListener('click', () => {
        question.remove();
        resolve({ confirm, cancel: !confirm });
      });
      question.append(button);
    };
    if (showCancel) offer(cancelText, false);
    offer(confirmText, true);
    question.showModal();
  });
}

function paragraph(words: string): HTMLElement {
  const made = document.createElement('p');
  made.textContent = words;
  return made;
}

const usualToastMs = 1_500;

function notices() {
  const place = document.createElement('output');
  document.body.append(place);
  let timer: number | undefined;
  const hide = () => place.replaceChildren();
  const show = (title: string, milliseconds?: number) => {
    window.clearTimeout(timer);
    place.replaceChildren(paragraph(title));
    if (milliseconds !== undefined) timer = window.setTimeout(hide, milliseconds);
  };
  return { show, hide };
}

const unshared = new WeakSet<HTMLElement>();

function offerSharing(stack: PageStack, offered: boolean): void {
  const host = stack.top()?.host;
  if (!host) return;
  if (offered) unshared.delete(host);
  else unshared.add(host);
}

/** Whether the menu of the page in front has 转发. */
export const offersSharing = (stack: PageStack): boolean => {
  const host = stack.top()?.host;
  return host !== undefined && !unshared.has(host);
};

/** What WeChat draws itself, over or above the page in front. */
export function screenOf(stack: PageStack) {
  const { show, hide } = notices();
  return {
    showModal: answering('showModal', showModal),
    showToast: answering('showToast', ({ title, duration = usualToastMs }: { title: string; duration?: number }) =>
      show(title, duration),
    ),
    hideToast: answering('hideToast', hide),
    showLoading: answering('showLoading', ({ title }: { title: string }) => show(title)),
    hideLoading: answering('hideLoading', hide),
    setNavigationBarTitle: answering('setNavigationBarTitle', ({ title }: { title: string }) => {
      document.title = title;
    }),
    pageScrollTo: answering('pageScrollTo', ({ scrollTop = 0 }: { scrollTop?: number }) =>
      stack.top()?.host.scrollTo({ top: scrollTop }),
    ),
    showShareMenu: answering('showShareMenu', () => offerSharing(stack, true)),
    hideShareMenu: answering('hideShareMenu', () => offerSharing(stack, false)),
    stopPullDownRefresh: answering('stopPullDownRefresh', () => undefined),
    createSelectorQuery: () =>
      (stack.pages().at(-1) as unknown as { createSelectorQuery(): object }).createSelectorQuery(),
    setKeepScreenOn: answering('setKeepScreenOn', () => undefined),
    nextTick: (work: () => void) => void setTimeout(work, 0),
  };
}
