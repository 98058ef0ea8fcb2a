/** Line icons of our own, 24 by 24. */
export const ICONS = {
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M8 5v14M16 5v14',
  forward: 'M6 5v14l9-7zM18.5 5v14',
  back: 'M18 5v14l-9-7zM5.5 5v14',
  start: 'M18 6l-7 6 7 6zM7 6v12',
  end: 'M6 6l7 6-7 6zM17 6v12',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  undo: 'M9 7L4 12l5 5M4.5 12H14a5.5 5.5 0 0 1 0 11h-2',
  help: 'M9 9a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.5M12 17.6v.4',
  close: 'M6 6l12 12M18 6L6 18',
  drop: 'M6 6l12 12M18 6L6 18',
  corrupt: 'M13 3L6 13h5l-1 8 8-11h-5.500z',
  delay: 'M12 4a8 8 0 1 0 .01 0M12 8v4.500l3 2',
  duplicate: 'M8 8h11v11H8zM5 15V5h10',
  cut: 'M4 6l16 12M20 6L4 18M5.5 5.2a1.8 1.8 0 1 0 .01 0M5.5 18.8a1.8 1.8 0 1 0 .01 0',
  mend: 'M3 12h6M15 12h6M9 8v8M15 8v8M9 12h6',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  settings: 'M4 7h9M19 7h1M16 4.5v5M4 17h2M12 17h8M9 14.5v5',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1',
  sun: 'M12 8a4 4 0 1 0 .01 0M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  moon: 'M19 14.500A8 8 0 0 1 9.5 5 7.5 7.5 0 1 0 19 14.500z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
} as const;

export type IconName = keyof typeof ICONS;
