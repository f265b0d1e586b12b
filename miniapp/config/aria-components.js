/** What a screen reader may be told, by component. Read by the build (WXML) and by the app (names of attributes). */
const aria = {
  'aria-role': '',
  'aria-label': '',
  'aria-hidden': '',
  'aria-checked': '',
  'aria-disabled': '',
  'aria-modal': '',
  'aria-live': '',
};

exports.ariaComponents = { View: aria, Image: aria, Input: aria, Textarea: aria };
