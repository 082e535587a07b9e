// A user for each service that has one, who can read and write its database alone. MongoDB runs this at its first start,
// containers/upgrade whenever it is called.
const admin = db.getSiblingDB('admin');
for (const service of ['article', 'stats', 'notification']) {
  const pwd = process.env[`BROADSHEET_${service.toUpperCase()}_MONGODB_PASSWORD`];
  try {
    admin.createUser({ user: service, pwd, roles: [{ role: 'readWrite', db: `broadsheet_${service}` }] });
    print(`${service}: made`);
  } catch (e) {
    admin.updateUser(service, { pwd }); // fails where it does not exist either
    print(`${service}: was there`);
  }
}
