/** What a reader of a source's statistics has to know of a standby (PostgreSQL manual, 27.4.1). */
export const OF_STANDBY =
  'it is a standby: its statistics have what was read there, and none of the writes of the primary';
