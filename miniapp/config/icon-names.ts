/**
 * The icons that are used, by their names in lucide. The build puts these and no others into the style sheet as masks,
 * so an icon takes the colour of the words beside it. `-filled` is the same icon with its inside painted.
 */
export const iconNames = [
  'arrow-left',
  'bell',
  'camera',
  'check',
  'chevron-right',
  'circle-alert',
  'clipboard-list',
  'clock',
  'cloud-off',
  'hand-helping',
  'house',
  'image-off',
  'inbox',
  'layout-list',
  'loader-circle',
  'map-pin',
  'message-square-text',
  'mic',
  'phone',
  'plus',
  'refresh-cw',
  'rotate-cw',
  'search',
  'shield-check',
  'star',
  'star-filled',
  'user-round',
  'users-round',
  'x',
] as const;

export type IconName = (typeof iconNames)[number];
