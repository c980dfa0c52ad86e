<%@ page contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Uploads from an old page</title>
  <link rel="stylesheet" href="upload.css">
</head>
<body>
  <form method="post" action="logout" class="user">Logged in as <b id="user">${sessionScope.loginUser.loginName}</b> <button class="button">Log out</button></form>
  <h1>Upload</h1>
  <p>This page is written like plupload pages. It requests
    <code>${pageContext.request.contextPath}/get_post_signature_for_oss_upload</code> with the signature,
    and sends the files to OSS.</p>

  <p><label class="button">Choose files <input type="file" id="files" multiple autocomplete="off"></label>
    <button class="button" id="start" disabled>Start upload</button></p>
  <p id="ended" hidden>Your session has ended. <a href="login" target="_blank">Log in in another window</a>, then start the upload again.</p>
  <ul id="list"></ul>

  <p class="small">Served by <%= application.getServerInfo() %> on Java <%= System.getProperty("java.version") %></p>
  <script src="upload.js" data-grant-url="${pageContext.request.contextPath}/get_post_signature_for_oss_upload"></script>
</body>
</html>
