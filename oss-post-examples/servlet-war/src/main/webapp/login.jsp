<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Log in · Straight to OSS</title>
  <link rel="icon" href="favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="app.css">
</head>
<body class="login">
  <main>
    <h1>Log in</h1>
    <p class="lead">Every logged-in user uploads into their own directory, and nowhere else.</p>
    <form class="card" method="post" action="j_security_check">
      <p class="reason" role="alert" ${empty param.refused ? "hidden" : ""}>No user has this name and password. Check both and try again.</p>
      <label>Name <input name="j_username" autocomplete="username" autocapitalize="none" required autofocus></label>
      <label>Password <input name="j_password" type="password" autocomplete="current-password" required></label>
      <button class="main">Log in</button>
    </form>
  </main>
</body>
</html>
