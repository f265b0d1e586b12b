// The size that all lengths of the browser build hang on (1rem = 40 rpx). Taro's own script is inline, which our
// Content-Security-Policy forbids, and makes a laptop twice as large as a phone.
// Phones: 20 px at 375 px of width, growing with it to 26 px; from 900 px on (desk screens) fixed at 20 px.
(function () {
  var root = document.documentElement;
  function fit() {
    var width = root.clientWidth;
    var size = width >= 900 ? 20 : Math.min(26, Math.max(20, (width / 750) * 40));
    root.style.fontSize = size + 'px';
  }
  window.addEventListener('resize', fit);
  fit();
})();
