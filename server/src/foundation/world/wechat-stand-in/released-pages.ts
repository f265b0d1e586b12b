/** What has been released: the one door for links (decisions.md §5.2), and where a bare code leads. */
export const released: readonly string[] = ['pages/open/index', 'pages/home/index'];
