package broadsheet.events;

/** What every service needs to know of staff, to tell a session that is good from one that is not. */
public sealed interface StaffEvent extends Event permits StaffKeyPublished, StaffSessionsEnded, StaffTokenIssued {}
