// At the first start of MongoDB: a user for each service that has one, who can read and write its database alone.
for (const service of ['article', 'stats', 'notification']) {
  db.getSiblingDB('admin').createUser({
    user: service,
    pwd: process.env[`BROADSHEET_${service.toUpperCase()}_MONGODB_PASSWORD`],
    roles: [{ role: 'readWrite', db: `broadsheet_${service}` }],
  });
}
