<%@ page contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Log in</title>
  <link rel="stylesheet" href="upload.css">
</head>
<body>
  <h1>Log in</h1>
  <p>Log in as alice or bob. The password is the name.</p>
  <form method="post" action="login">
    <p><label>Name <input name="name" autocomplete="username"></label></p>
    <p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
    <p><button class="button">Log in</button></p>
  </form>
  <p id="refused">${refused}</p>
</body>
</html>
